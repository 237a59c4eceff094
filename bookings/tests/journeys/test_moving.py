"""Moving an appointment from its link: another time, both of them to compare, and the old one for someone else."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from bookings.models import Appointment, Transition
from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.looking import look
from bookings.tests.journeys.steps import arrived_at, choose_place, choose_treatment, main, row, times

pytestmark = pytest.mark.journey
WHO = "Tomasz Lindqvist"


def written(local: datetime, day: str = "%A {day} %B") -> str:
    """As the pages write it: Tuesday 8 December, 10:20."""
    return local.strftime(f"{day.format(day=local.day)}, %H:%M")


def looks_for(visitor: Page, appointment: Appointment) -> Locator:
    """Someone else opens the day of an appointment, with the same practitioner; returns the button of its time."""
    local = appointment.local_start
    choose_treatment(visitor, "Hair and scalp")
    choose_place(visitor)
    main(visitor).get_by_role("link", name=appointment.practitioner.name_en).click()
    month = visitor.get_by_role("heading", level=2, name=f"{local:%B %Y}")
    if not month.count():
        visitor.get_by_role("link", name=f"{local:%B %Y}").click()
    visitor.get_by_role("table").get_by_role("link", name=re.compile(rf"^{local.day} {local:%B},")).click()
    expect(visitor.get_by_role("heading", name=f"{local:%A} {local.day} {local:%B}")).to_be_visible()
    return main(visitor).get_by_role("button", name=written(local), exact=True)


def chooses_another(patient: Page) -> str:
    """The last time of the last free day; returns it as its button says it."""
    main(patient).get_by_role("link", name="Move it to another time").click()
    arrived_at(patient, "Choose a new time")
    expect(main(patient)).to_contain_text("It stays yours until you have confirmed another.")
    look(patient)
    day = patient.get_by_role("table").get_by_role("link").last
    day.click()
    expect(day).to_have_attribute("aria-current", "date")
    chosen = " ".join(times(patient).last.inner_text().split())
    times(patient).last.click()
    arrived_at(patient, "Move the appointment?")
    look(patient)
    return chosen


def test_a_patient_moves_an_appointment(visit: Open) -> None:
    moved = Appointment.objects.get(patient__name=WHO)
    before = moved.local_start
    patient, visitor = visit(320, 640), visit()
    freed = looks_for(visitor, moved)
    expect(freed).to_have_count(0)

    patient.goto(moved.patient_path())
    arrived_at(patient, "Your appointment is confirmed")
    look(patient)
    chosen = chooses_another(patient)
    expect(row(patient, "From")).to_contain_text(written(before, "%A {day} %B %Y"))
    day, time = chosen.split(", ")
    expect(row(patient, "To")).to_contain_text(re.compile(rf"{day} \d{{4}}, {time}"))
    second = patient.context.new_page()
    second.goto(patient.url)
    main(patient).get_by_role("button", name="Move it").click()
    expect(patient.get_by_role("status")).to_contain_text("Your appointment is moved.")
    expect(main(patient)).to_contain_text(re.compile(rf"{day} \d{{4}}\s*{time}–"))
    look(patient)

    # The same page in another window moves nothing twice.
    main(second).get_by_role("button", name="Move it").click()
    arrived_at(second, "Your appointment is confirmed")
    assert list(Transition.objects.exclude(moved_from=None).values_list("moved_from", flat=True)) == [moved.starts_at]

    visitor.reload()
    freed.click()
    arrived_at(visitor, "Your details")
