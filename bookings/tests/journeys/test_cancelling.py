"""Cancelling an appointment from its link: early, late, by phone only, and twice."""

import pytest
from playwright.sync_api import Page, expect

from bookings.enums import State
from bookings.models import Appointment, Transition
from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.looking import look
from bookings.tests.journeys.steps import arrived_at, main
from clinic.enums import LateChanges
from clinic.models import Clinic

pytestmark = pytest.mark.journey
LATE, NEVER_LATE = 168, 0  # hours before the start


def set_late(hours: int, changes: LateChanges) -> None:
    clinic = Clinic.objects.current()
    clinic.late_hours, clinic.late_changes = hours, changes
    clinic.save()


def opens(page: Page, name: str) -> Appointment:
    found = Appointment.objects.get(patient__name=name)
    page.goto(found.patient_path())
    return found


def asks_to_cancel(page: Page) -> None:
    main(page).get_by_role("link", name="Cancel it").click()
    arrived_at(page, "Cancel the appointment?")


def reasons(appointment: Appointment) -> list[str]:
    """Of each time it was cancelled."""
    return list(
        Transition.objects.filter(appointment=appointment, to_state=State.CANCELLED).values_list("reason", flat=True)
    )


def test_late_it_is_said_and_pressed_twice_it_counts_once(visit: Open) -> None:
    set_late(LATE, LateChanges.ALLOWED)
    page = visit(320, 640)
    found = opens(page, "Tomasz Lindqvist")
    asks_to_cancel(page)
    expect(main(page)).to_contain_text("It is late: less than 168 hours before the start.")
    look(page)
    main(page).get_by_text("The terms you agreed to").click()
    look(page)
    second = page.context.new_page()
    second.goto(page.url)
    page.get_by_label("Reason").fill("I am travelling")
    for window in (page, second):
        window.get_by_role("button", name="Cancel the appointment").click()
        arrived_at(window, "This appointment is cancelled")
    look(page)
    expect(main(page).get_by_role("link", name="Choose another time")).to_be_visible()
    assert reasons(found) == ["I am travelling"]
    # Whoever goes back to the question is told how it stands.
    page.goto(f"{found.patient_path()}cancel/")
    arrived_at(page, "This appointment is cancelled")


def test_early_no_reason_is_asked_for(page: Page) -> None:
    set_late(NEVER_LATE, LateChanges.BY_PHONE)
    found = opens(page, "نرگس رضایی")
    asks_to_cancel(page)
    expect(main(page)).not_to_contain_text("It is late")
    page.get_by_role("button", name="Cancel the appointment").click()
    arrived_at(page, "This appointment is cancelled")
    assert reasons(found) == [""]


def test_where_late_changes_are_made_by_phone_the_page_says_so(visit: Open) -> None:
    set_late(LATE, LateChanges.BY_PHONE)
    page = visit(320, 640)
    found = opens(page, "Tomasz Lindqvist")
    expect(main(page).get_by_role("link", name="Cancel it")).to_have_count(0)
    expect(main(page)).to_contain_text("Please call us, we will find a way:")
    look(page)
    page.goto(f"{found.patient_path()}cancel/")
    expect(main(page).get_by_role("link", name=str(found.location.phone)).first).to_be_visible()
    look(page)
    assert reasons(found) == []
