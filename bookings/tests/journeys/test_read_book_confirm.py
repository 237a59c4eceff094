"""From the home page to a confirmed appointment, as the patient and the staff see it."""

import pytest
from playwright.sync_api import Page, expect

from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.patient import takes_the_whole_way
from bookings.tests.journeys.steps import REFERENCE, arrived_at, main, reference_on

pytestmark = pytest.mark.journey


def test_a_patient_books_and_staff_confirm(page: Page, visit: Open, staff: Page) -> None:
    reference = takes_the_whole_way(page)

    page.reload()
    assert reference_on(page) == reference
    bookmark = visit()
    bookmark.goto(page.url)
    assert reference_on(bookmark) == reference

    confirms_the_oldest_request(staff)
    confirms(staff, reference)
    for patient in (page, bookmark):
        patient.reload()
        arrived_at(patient, "Your appointment is confirmed")
        expect(main(patient)).to_contain_text(reference)


def requests(staff: Page) -> list[str]:
    """Who waits for an answer, in the order of the list."""
    staff.goto("/admin/")
    staff.get_by_role("main").get_by_role("link", name="Appointments", exact=True).click()
    arrived_at(staff, "Select appointment to change")
    reference = staff.get_by_role("rowheader").filter(has_text=REFERENCE)
    return [" ".join(line.split()) for line in staff.get_by_role("row").filter(has=reference).all_inner_texts()]


def confirms_the_oldest_request(staff: Page) -> None:
    """The list opens with the one that has waited longest; the newest stands last."""
    waiting = requests(staff)
    assert "13 hours" in waiting[0]
    assert "Ada Beispiel" in waiting[-1]
    confirms(staff, waiting[0].split()[0])
    assert len(requests(staff)) == len(waiting) - 1


def confirms(staff: Page, reference: str) -> None:
    requests(staff)
    staff.get_by_role("link", name=reference).click()
    staff.get_by_role("button", name="Confirm").click()
    expect(staff.get_by_role("main")).to_contain_text("Confirmed")
