"""Staff decline a request, and take time off."""

import pytest
from playwright.sync_api import Page, expect

from bookings.models import Appointment, TimeOff
from bookings.tests.journeys.steps import (
    arrived_at,
    ask,
    main,
    reference_on,
    times,
    to_times,
    write_details,
)

pytestmark = pytest.mark.journey


def asks_for_the_first_time(page: Page) -> tuple[str, str]:
    """Returns the reference, and the words of the time."""
    to_times(page)
    words = " ".join(times(page).first.inner_text().split())
    times(page).first.click()
    write_details(page)
    ask(page)
    return reference_on(page), words


def test_a_declined_time_is_free_again(staff: Page, page: Page) -> None:
    reference, words = asks_for_the_first_time(page)
    patient_page = page.url
    to_times(page)
    expect(main(page).get_by_role("button", name=words)).to_have_count(0)

    staff.goto("/admin/bookings/appointment/")
    staff.get_by_role("link", name=reference).click()
    staff.get_by_label("Reason").fill("The laser is being repaired.")
    staff.get_by_role("button", name="Decline").click()
    expect(staff.get_by_role("main")).to_contain_text("The laser is being repaired.")

    to_times(page)
    expect(main(page).get_by_role("button", name=words)).to_be_visible()
    page.goto(patient_page)
    arrived_at(page, "We could not take this appointment")
    expect(main(page)).not_to_contain_text("The laser is being repaired.")


def test_time_off_over_an_appointment_is_saved_once_it_is_decided(staff: Page, page: Page) -> None:
    reference, _words = asks_for_the_first_time(page)
    asked = Appointment.objects.get(reference=reference)

    staff.goto("/admin/")
    staff.get_by_role("main").get_by_role("link", name="Time off", exact=True).click()
    staff.get_by_role("main").get_by_role("link", name="Add").click()
    staff.get_by_label("Practitioner").select_option(asked.practitioner.name)
    staff.get_by_label("Times are those of").select_option(asked.location.name)
    for moment, label in ((asked.local_start, "From"), (asked.ends_at.astimezone(asked.location.zone), "To")):
        staff.get_by_label(f"{label}: day").fill(f"{moment:%Y-%m-%d}")
        staff.get_by_label(f"{label}: time").fill(f"{moment:%H:%M}")
    staff.get_by_role("button", name="Save", exact=True).click()
    expect(staff.get_by_role("main")).to_contain_text("1 appointment falls into this time")
    assert not TimeOff.objects.exists()

    decision = staff.get_by_role("group", name=reference)
    decision.get_by_label("Decline the request").check()
    decision.get_by_label("Reason").fill("She is ill.")
    staff.get_by_role("button", name="Save", exact=True).click()
    expect(staff.get_by_role("main")).to_contain_text("is told by a message")
    assert TimeOff.objects.count() == 1
    page.reload()
    arrived_at(page, "We could not take this appointment")
