"""The browser's back button, at every step and after sending."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from bookings.models import Appointment
from bookings.tests.journeys.steps import arrived_at, ask, reference_on, times, to_check

pytestmark = pytest.mark.journey
STEPS = [
    "What would you like to talk about?",
    "Where would you like to come?",
    "Choose a time",
    "Your details",
    "Check your answers",
]


def test_back_and_forward_before_sending(page: Page) -> None:
    to_check(page)
    for heading in reversed(STEPS[:-1]):
        press_until(page.go_back, page, heading)
    for heading in STEPS[1:]:
        press_until(page.go_forward, page, heading)
    ask(page)
    reference_on(page)


def press_until(press: Callable[[], object], page: Page, heading: str) -> None:
    """The calendar alone is several pages, as the visitor leafs through it."""
    for _ in range(5):
        press()
        if page.get_by_role("heading", level=1).inner_text() == heading:
            return
    raise AssertionError(f"“{heading}” does not come back")


def test_back_to_the_times_and_on_with_another(page: Page) -> None:
    to_check(page)
    page.go_back()
    page.go_back()
    times(page).nth(1).click()
    arrived_at(page, "Check your answers")
    page.go_back()
    page.go_back()
    assert Appointment.objects.filter(held_until__isnull=False).count() == 1


def test_back_after_sending_leads_to_the_same_request(page: Page) -> None:
    to_check(page)
    ask(page)
    reference = reference_on(page)
    page.go_back()
    send_again_if_asked(page)
    assert reference_on(page) == reference
    page.go_back()
    page.go_back()
    send_again_if_asked(page)
    page.goto("/en/book/pigmentation/details/")
    assert reference_on(page) == reference
    assert Appointment.objects.filter(patient__name="Ada Example").count() == 1


def send_again_if_asked(page: Page) -> None:
    """A browser may show the old page from memory: whatever button it has is pressed."""
    for name in ("Continue", "Ask for this appointment"):
        button = page.get_by_role("button", name=name)
        if button.count():
            button.click()
