"""The waiting list: two join it, a third gives a time back, the first says no to it, and the second takes it."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bookings.enums import EntryState
from bookings.models import Appointment, TimeOff, WaitingEntry
from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.looking import look
from bookings.tests.journeys.states import Look
from bookings.tests.journeys.steps import (
    arrived_at,
    choose_place,
    choose_treatment,
    fill_in_details,
    main,
    reference_on,
    row,
)
from clinic.models import Practitioner

pytestmark = pytest.mark.journey
GIVES_BACK = "Tomasz Lindqvist"


def take_every_other_time(kept: Appointment) -> None:
    """Nobody sees anyone in the days that can be booked, but for one appointment."""
    claim, long = kept.type.visit.claim(kept.starts_at), timedelta(days=99)
    around = [(claim.start - long, claim.start), (claim.end, claim.end + long)]
    for person in Practitioner.objects.all():
        for starts, ends in around if person == kept.practitioner else [(around[0][0], around[1][1])]:
            TimeOff.objects.create(practitioner=person, location=kept.location, starts_at=starts, ends_at=ends)


def joins(page: Page, name: str, see: Look) -> WaitingEntry:
    """Finds no time, says what suits, and who comes."""
    choose_treatment(page, "Hair and scalp")
    choose_place(page)
    see(page)
    main(page).get_by_role("link", name="Join the waiting list").click()
    arrived_at(page, "Join the waiting list")
    see(page)
    for part in ("Morning", "Afternoon"):
        page.get_by_role("group", name="At what time of day?").get_by_label(part).check()
    page.get_by_role("button", name="Continue").click()
    arrived_at(page, "Your details")
    see(page)
    fill_in_details(page, **{"Full name": name})
    page.get_by_role("button", name="Join the waiting list").click()
    arrived_at(page, "You are on the waiting list")
    expect(row(page, "Time of day")).to_have_text("Morning, Afternoon")
    see(page)
    return WaitingEntry.objects.get(patient__name=name)


def test_a_time_that_is_given_back_goes_from_one_to_the_next(visit: Open) -> None:
    given_back = Appointment.objects.get(patient__name=GIVES_BACK)
    take_every_other_time(given_back)
    first, second, patient = visit(320, 640), visit(320, 640), visit()
    entries = [joins(first, "Ada Example", look), joins(second, "Ben Beispiel", lambda page: None)]

    patient.goto(given_back.patient_path())
    main(patient).get_by_role("link", name="Cancel it").click()
    patient.get_by_role("button", name="Cancel the appointment").click()
    arrived_at(patient, "This appointment is cancelled")

    local = given_back.local_start
    when = f"{local:%A} {local.day} {local:%B %Y, %H:%M}"
    second.reload()
    arrived_at(second, "You are on the waiting list")
    first.reload()
    arrived_at(first, "A time is free for you")
    expect(main(first)).to_contain_text(when)
    look(first)
    main(first).get_by_role("button", name="No, thank you").click()
    arrived_at(first, "You are on the waiting list")

    second.reload()
    arrived_at(second, "A time is free for you")
    expect(main(second)).to_contain_text(when)
    link = second.url
    main(second).get_by_role("button", name="Take this time").click()
    reference_on(second)
    expect(main(second)).to_contain_text(f"{local:%A} {local.day} {local:%B %Y}")
    second.goto(link)
    arrived_at(second, "You have a place")
    look(second)

    main(first).get_by_role("button", name="Leave the waiting list").click()
    arrived_at(first, "You are no longer on the waiting list")
    look(first)
    states = [WaitingEntry.objects.get(pk=entry.pk).state for entry in entries]
    assert states == [EntryState.LEFT, EntryState.PLACED]
    assert Appointment.objects.get(starts_at=given_back.starts_at, state="requested").patient.name == "Ben Beispiel"
