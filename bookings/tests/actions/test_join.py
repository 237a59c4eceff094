"""Joining the waiting list."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bookings.actions.booking import Agreed, Booking, Screened
from bookings.actions.cancel import cancel
from bookings.actions.join import Place, Wanted, join, wait_for_earlier
from bookings.actions.leave import leave
from bookings.actions.offers import accept
from bookings.enums import ConsentKind, EntryState, PartOfDay
from bookings.exceptions import TransitionNotAllowed
from bookings.models import Appointment, Consent, ConsentText, Patient, Screening, WaitingEntry
from bookings.tests.actions.waiting import booking as someone
from bookings.tests.actions.waiting import offered_to, open_offers
from bookings.tests.diary import BOOKING, CONTACT, Diary
from bookings.tests.rows import rows_of

pytestmark = pytest.mark.django_db
TUESDAYS = Wanted(weekdays=[1], parts=[PartOfDay.MORNING])
ALL = (Appointment, Consent, Patient, Screening, WaitingEntry)


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now)


@pytest.fixture
def place(diary: Diary) -> Place:
    return Place(diary.type, diary.treatment, diary.location)


@pytest.fixture
def booking(diary: Diary) -> Booking:
    """With answers to the edition and consent to the use of data."""
    text = ConsentText.objects.current("en").get(ConsentKind.DATA) or ConsentText.objects.create(
        kind=ConsentKind.DATA, language="en", text="We keep it safe.", created_at=diary.now
    )
    edition = diary.treatment.editions.get()
    screened = Screened(edition, {"pregnancy": {"reply": "no"}}, False, date(2026, 12, 9), diary.now)
    return replace(BOOKING, needs=["interpreter"], screened=screened, agreed=[Agreed(text, diary.now)])


def test_an_appointment_waits_with_its_own_patient_and_needs(diary: Diary) -> None:
    own = diary.request(diary.at(2, 10), booking=replace(BOOKING, needs=["hearing"]))
    entry = wait_for_earlier(appointment=own, wanted=TUESDAYS, now=diary.now)
    assert (entry.appointment, entry.patient, entry.needs, entry.state) == (
        own,
        own.patient,
        ["hearing"],
        EntryState.WAITING,
    )
    assert (entry.weekdays, entry.parts, entry.practitioner, entry.created_at) == ([1], ["morning"], None, diary.now)


def test_waiting_again_changes_the_wishes_and_keeps_the_place_in_the_line(diary: Diary) -> None:
    own = diary.request(diary.at(2, 10))
    first = wait_for_earlier(appointment=own, wanted=TUESDAYS, now=diary.now)
    wanted = Wanted(practitioner=diary.practitioner)
    wait_for_earlier(appointment=own, wanted=wanted, now=diary.now + timedelta(hours=3))
    entry = WaitingEntry.objects.get()
    assert (entry.pk, entry.created_at, entry.weekdays, entry.practitioner) == (
        first.pk,
        diary.now,
        [],
        diary.practitioner,
    )


def test_after_leaving_the_same_appointment_may_wait_anew(diary: Diary) -> None:
    own = diary.request(diary.at(2, 10))
    leave(entry=wait_for_earlier(appointment=own, wanted=TUESDAYS, now=diary.now), now=diary.now)
    again = wait_for_earlier(appointment=own, wanted=TUESDAYS, now=diary.now)
    assert again.state == EntryState.WAITING
    assert WaitingEntry.objects.count() == 2


def test_what_is_over_or_has_begun_waits_for_nothing(diary: Diary) -> None:
    own = diary.request(diary.at(2, 10))
    with pytest.raises(TransitionNotAllowed):
        wait_for_earlier(appointment=own, wanted=TUESDAYS, now=own.starts_at)
    cancel(appointment=own, now=diary.now)
    with pytest.raises(TransitionNotAllowed):
        wait_for_earlier(appointment=own, wanted=TUESDAYS, now=diary.now)
    assert not WaitingEntry.objects.exists()


def test_a_new_visitor_waits_with_all_that_was_asked(diary: Diary, place: Place, booking: Booking) -> None:
    entry = join(place=place, booking=booking, wanted=TUESDAYS, visitor="v", now=diary.now)
    assert (entry.patient.name, entry.needs, entry.appointment) == (CONTACT.name, ["interpreter"], None)
    assert (entry.screening.not_before, entry.screening.appointment, entry.screening.patient) == (
        date(2026, 12, 9),
        None,
        entry.patient,
    )
    assert "pregnancy" not in entry.screening.answers
    assert Consent.objects.get().patient == entry.patient


def test_sent_twice_it_joins_once(diary: Diary, place: Place, booking: Booking) -> None:
    first = join(place=place, booking=booking, wanted=TUESDAYS, visitor="v", now=diary.now)
    before = rows_of(*ALL)
    again = join(place=place, booking=booking, wanted=TUESDAYS, visitor="v", now=diary.now + timedelta(minutes=1))
    assert again == first
    assert rows_of(*ALL) == before


def test_another_visitor_with_the_same_details_is_not_led_to_it(diary: Diary, place: Place, booking: Booking) -> None:
    first = join(place=place, booking=booking, wanted=TUESDAYS, visitor="v", now=diary.now)
    other = join(place=place, booking=booking, wanted=TUESDAYS, visitor="stranger", now=diary.now)
    assert other.pk != first.pk
    assert other.link_secret != first.link_secret


def test_one_visitor_may_wait_for_two_people(diary: Diary, place: Place, booking: Booking) -> None:
    join(place=place, booking=booking, wanted=TUESDAYS, visitor="v", now=diary.now)
    sibling = replace(booking, contact=replace(CONTACT, name="Ben Example"))
    join(place=place, booking=sibling, wanted=TUESDAYS, visitor="v", now=diary.now)
    assert WaitingEntry.objects.count() == Patient.objects.count() == 2


def test_whoever_left_joins_at_the_end_of_the_line(diary: Diary, place: Place, booking: Booking) -> None:
    entry = join(place=place, booking=booking, wanted=TUESDAYS, visitor="v", now=diary.now)
    leave(entry=entry, now=diary.now)
    later = diary.now + timedelta(hours=1)
    join(place=place, booking=booking, wanted=TUESDAYS, visitor="v", now=later)
    entry.refresh_from_db()
    assert (entry.state, entry.created_at) == (EntryState.WAITING, later)


def test_the_whole_way_from_joining_to_a_place(diary: Diary, place: Place, booking: Booking) -> None:
    entry = join(place=place, booking=booking, wanted=Wanted(), visitor="v", now=diary.now)
    for day in (1, 3):  # the answers ask for the day after tomorrow at the earliest
        gone = diary.request(diary.at(day, 10), visitor=f"gone {day}", booking=someone("Zoe"))
        cancel(appointment=gone, now=diary.now)
    assert offered_to() == [entry]
    [offer] = open_offers()
    assert offer.starts_at == diary.at(3, 10)
    taken = accept(offer=offer, now=diary.now)
    assert taken.patient == entry.patient
    assert taken.screenings.get() == entry.screening
    assert taken.consents.count() == 1
