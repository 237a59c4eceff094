"""It goes only to someone who waits for such a time, may have it, and did not give it up."""

from datetime import datetime
from typing import Any

import pytest

from bookings.actions.move import Move, move
from bookings.enums import Actor, EntryState, PartOfDay, State
from bookings.models import Appointment, Course, Patient, Screening
from bookings.tests.actions.waiting import booking, give_up, offered_to, open_offers, patient, waiting
from bookings.tests.diary import CONTACT, Diary
from bookings.tests.factories import LocationFactory
from treatments.tests.pages import signed_treatment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({"weekdays": [1]}, True),
        ({"weekdays": [0, 2, 3, 4, 5, 6]}, False),
        ({"parts": [PartOfDay.MORNING]}, True),
        ({"parts": [PartOfDay.AFTERNOON, PartOfDay.EVENING]}, False),
        ({"weekdays": [1, 3], "parts": [PartOfDay.MORNING, PartOfDay.EVENING]}, True),
        ({"weekdays": [1], "parts": [PartOfDay.EVENING]}, False),
        ({"state": EntryState.LEFT}, False),
        ({"state": EntryState.PLACED}, False),
    ],
)
def test_it_goes_only_to_someone_who_waits_for_such_a_time(
    diary: Diary, booked: Appointment, wanted: dict[str, Any], fits: bool
) -> None:
    entry = waiting(diary, **wanted)
    give_up(booked, diary)
    assert offered_to() == ([entry] if fits else [])


def test_the_weekday_is_that_of_the_location(now: datetime) -> None:
    diary = Diary(now=now, signed=False)
    diary.location.time_zone = "Pacific/Auckland"  # where a morning is still the day before in UTC
    diary.location.save()
    booked = diary.request(diary.at(2, 9))
    assert booked.starts_at.astimezone(diary.location.zone).weekday() != booked.starts_at.weekday() - 1
    other = waiting(diary, since=5, weekdays=[(booked.local_start.weekday() - 1) % 7])
    entry = waiting(diary, weekdays=[booked.local_start.weekday()])
    give_up(booked, diary)
    assert offered_to() == [entry]
    assert other.offers.count() == 0


def test_up_to_the_last_day_that_suits(diary: Diary) -> None:
    first, second = diary.request(diary.at(1, 10)), diary.request(diary.at(2, 10))
    entry = waiting(diary, last_day=diary.at(1, 0).date())
    give_up(second, diary)
    assert not open_offers()
    give_up(first, diary)
    assert offered_to() == [entry]


def test_whoever_waits_for_one_person_is_not_offered_another(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2)
    one, two = diary.practitioners
    booked = diary.request(diary.at(1, 10), practitioner=one)
    waiting(diary, since=9, practitioner=two)
    entry = waiting(diary, practitioner=one)
    give_up(booked, diary)
    assert offered_to() == [entry]
    assert open_offers()[0].practitioner == one


def test_a_place_elsewhere_suits_nobody(diary: Diary, booked: Appointment) -> None:
    waiting(diary, location=LocationFactory(slug="dubai"))
    give_up(booked, diary)
    assert not open_offers()


def test_never_to_someone_who_cancelled_that_very_time(diary: Diary, booked: Appointment) -> None:
    waiting(diary, since=9, patient=patient(diary, CONTACT.name, email=CONTACT.email.upper()))
    other = waiting(diary)
    give_up(booked, diary)
    assert offered_to() == [other]


def test_nor_a_part_of_it(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=60, step=30)
    booked = diary.request(diary.at(1, 10))
    diary.type.minutes = 30
    diary.type.save()
    waiting(diary, patient=patient(diary, CONTACT.name, email=CONTACT.email))
    give_up(booked, diary)
    assert not open_offers()


def test_nor_to_someone_who_moved_away_from_it(diary: Diary, booked: Appointment) -> None:
    move(moves=[Move(booked, diary.at(3, 9))], actor=Actor.PATIENT, now=diary.now)
    waiting(diary, appointment=booked)
    again = diary.request(diary.at(1, 10), booking=booking("Bea"))
    give_up(again, diary)
    assert not open_offers()


def test_a_family_that_shares_an_address_is_not_taken_for_one_person(diary: Diary, booked: Appointment) -> None:
    sibling = waiting(diary, patient=patient(diary, "Ben Example", email=CONTACT.email))
    give_up(booked, diary)
    assert offered_to() == [sibling]


def test_namesakes_without_an_address_are_told_apart_by_their_phones(diary: Diary, booked: Appointment) -> None:
    Patient.objects.filter(pk=booked.patient_id).update(email="")
    same = waiting(diary, since=9, patient=patient(diary, CONTACT.name, email=""))
    Patient.objects.filter(pk=same.patient_id).update(phone=CONTACT.phone)
    namesake = waiting(diary, patient=patient(diary, CONTACT.name, email=""))
    Patient.objects.filter(pk=namesake.patient_id).update(phone="+4915112345600")
    give_up(booked, diary)
    assert offered_to() == [namesake]


def test_with_an_appointment_only_an_earlier_time_is_better(diary: Diary) -> None:
    early, late = (diary.request(diary.at(day, 10), booking=booking("Bea")) for day in (1, 3))
    own = diary.request(diary.at(2, 10))
    entry = waiting(diary, appointment=own)
    give_up(late, diary)
    assert not open_offers()
    give_up(early, diary)
    assert offered_to() == [entry]


def test_its_own_freed_time_is_not_offered_to_it(diary: Diary, booked: Appointment) -> None:
    waiting(diary, appointment=booked)
    move(moves=[Move(booked, diary.at(3, 9))], actor=Actor.STAFF, now=diary.now)
    assert not open_offers()


def test_not_before_the_answers_allow_it(diary: Diary) -> None:
    early, late = diary.request(diary.at(1, 10)), diary.request(diary.at(3, 10))
    who = patient(diary)
    waiting(diary, patient=who, screening=screened(diary, who, not_before=diary.at(2, 0).date()))
    give_up(early, diary)
    assert not open_offers()
    give_up(late, diary)
    assert [offer.starts_at for offer in open_offers()] == [diary.at(3, 10)]


def test_nor_where_those_of_the_appointment_do_not(diary: Diary) -> None:
    early, own = diary.request(diary.at(1, 10), booking=booking("Bea")), diary.request(diary.at(4, 10))
    screened(diary, own.patient, appointment=own, not_before=diary.at(2, 0).date())
    waiting(diary, appointment=own)
    give_up(early, diary)
    assert not open_offers()


def screened(diary: Diary, who: Any, **values: Any) -> Screening:
    edition = signed_treatment(now=diary.now, slug="other").editions.first()
    return Screening.objects.create(patient=who, edition=edition, answered_at=diary.now, **values)


@pytest.mark.parametrize(("day", "fits"), [(8, False), (9, True)])
def test_a_session_of_a_course_keeps_its_distance(diary: Diary, day: int, fits: bool) -> None:
    """Sessions on days 2 and 11, and at least 7 days are to lie between them; one missed in between does not count."""
    consultation = diary.request(diary.at(1, 9), visitor="consultation")
    course = Course.objects.create(
        consultation=consultation,
        treatment=diary.treatment,
        type=diary.type,
        phase="First",
        sessions=2,
        gap_from=7,
        gap_to=10,
        created_at=diary.now,
    )
    sessions = [diary.request(diary.at(days, 10), visitor=f"s{days}") for days in (2, 11)]
    for number, session in enumerate(sessions, start=1):
        session.course, session.session_number = course, number
        session.save()
    missed = diary.request(diary.at(4, 10), visitor="missed")
    Appointment.objects.filter(pk=missed.pk).update(course=course, session_number=2, state=State.NO_SHOW)
    entry = waiting(diary, appointment=sessions[1])
    other = diary.request(diary.at(day, 12), visitor="other", booking=booking("Bea"))
    give_up(other, diary)
    assert offered_to() == ([entry] if fits else [])
