"""What keeps programs and floods out, as a person meets it: told why, and never stuck."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bookings.enums import ConsentKind
from bookings.models import ConsentText
from bookings.tests.journeys.axe import violations_by_day_and_night
from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.narrow import problems
from bookings.tests.journeys.steps import arrived_at, ask, reference_on, row, times, to_check, to_details, write_details
from bookings.views import limits
from clinic.models import Clinic

pytestmark = pytest.mark.journey
WITHOUT_SCRIPT = {"java_script_enabled": False}


def is_well_made(page: Page) -> None:
    assert not (found := violations_by_day_and_night(page)), "\n".join(found)
    page.set_viewport_size({"width": 320, "height": 640})
    assert not (found := problems(page)), "\n".join(found)
    page.set_viewport_size({"width": 1280, "height": 800})


def test_someone_with_very_quick_hands_presses_once_more(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LEAST", timedelta(minutes=5))
    to_details(page)
    write_details(page)
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("That was very quick.")
    page.get_by_role("button", name="Continue").click()
    ask(page)
    reference_on(page)


def test_someone_whose_browser_fills_in_too_much_goes_on(page: Page) -> None:
    to_details(page)
    trap = page.locator("[name=homepage]")
    assert page.get_by_role("textbox", name="Leave this field empty").count() == 0
    trap.evaluate("field => { field.value = 'https://ada.example' }")
    write_details(page)
    page.get_by_role("alert").get_by_role("link", name="Please leave this field empty").click()
    expect(page.get_by_role("textbox", name="Leave this field empty")).to_be_focused()
    expect(trap).to_have_value("")
    is_well_made(page)
    page.get_by_role("button", name="Continue").click()
    arrived_at(page, "Check your answers")


def test_someone_who_came_too_often_finds_their_answers_again(page: Page) -> None:
    to_check(page)
    Clinic.objects.update(requests_per_hour=1)
    page.get_by_role("button", name="Ask for this appointment").click()
    arrived_at(page, "Please wait a little")
    is_well_made(page)
    page.get_by_role("link", name="Go back").click()
    arrived_at(page, "Check your answers")
    expect(row(page, "Name")).to_have_text("Ada Example")


def test_someone_with_too_many_open_requests_reads_whom_to_call(visit: Open) -> None:
    Clinic.objects.update(open_requests_per_contact=1)
    first, second = visit(), visit()
    to_check(first)
    ask(first)
    reference_on(first)
    to_check(second)
    ask(second)
    arrived_at(second, "You have asked already")
    is_well_made(second)


def test_terms_that_changed_are_read_before_anything_is_sent(page: Page) -> None:
    to_check(page)
    old = ConsentText.objects.current("en")[ConsentKind.TERMS]
    ConsentText.objects.create(
        kind=old.kind, language=old.language, text="Cancel two days before.", created_at=old.created_at
    )
    ask(page)
    expect(page.get_by_role("alert")).to_be_focused()
    is_well_made(page)
    page.get_by_role("link", name="Read the new terms").click()
    expect(page.get_by_role("region", name="The clinic’s terms")).to_contain_text("Cancel two days before.")
    ask(page)
    reference_on(page)


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT])
def test_the_own_name_is_asked_only_of_whoever_books_for_someone_else(visit: Open, options: dict[str, bool]) -> None:
    page = visit(**options)
    to_details(page)
    own_name = page.get_by_label("Your own name")
    expect(own_name).not_to_be_visible()
    page.get_by_role("radio", name="For someone else").check()
    expect(own_name).to_be_visible()
    page.get_by_role("radio", name="For me").check()
    expect(own_name).not_to_be_visible()


def test_times_stay_readable_for_someone_who_may_hold_none(page: Page) -> None:
    to_details(page)
    Clinic.objects.update(requests_per_hour=1)
    page.get_by_role("link", name="Back", exact=True).click()
    times(page).first.click()
    arrived_at(page, "Please wait a little")
    page.get_by_role("link", name="Go back").click()
    arrived_at(page, "Choose a time")
