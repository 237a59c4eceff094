"""Impatient fingers: everything is pressed twice."""

import pytest
from playwright.sync_api import Page

from bookings.enums import State
from bookings.models import Appointment, Patient
from bookings.tests.journeys.steps import arrived_at, reference_on, times, to_check, to_times

pytestmark = pytest.mark.journey


def appointments_of(name: str) -> list[Appointment]:
    return list(Appointment.objects.filter(patient__name=name))


def test_a_time_pressed_twice_is_held_once(page: Page) -> None:
    to_times(page)
    times(page).first.dblclick()
    arrived_at(page, "Your details")
    assert Appointment.objects.filter(state=State.HELD).count() == 1


def test_a_request_sent_twice_counts_once(page: Page) -> None:
    to_check(page)
    page.get_by_role("button", name="Ask for this appointment").dblclick()
    reference = reference_on(page)
    assert [one.reference for one in appointments_of("Ada Example")] == [reference]
    assert Patient.objects.filter(name="Ada Example").count() == 1


def test_a_request_sent_from_two_windows_counts_once(page: Page) -> None:
    to_check(page)
    other = page.context.new_page()
    other.goto(page.url)
    for window in (page, other):
        window.get_by_role("button", name="Ask for this appointment").click(no_wait_after=True)
    for window in (page, other):
        arrived_at(window, "We have your request")
    assert reference_on(page) == reference_on(other)
    assert len(appointments_of("Ada Example")) == 1
