"""A held set becomes requests of one patient, all or none, and counts as one."""

from datetime import datetime, timedelta

import pytest

from bookings.enums import State
from bookings.exceptions import ChangedMeanwhile, HoldExpired, SlotTaken, TooManyOpen
from bookings.models import Patient
from bookings.tests.factories import TimeOffFactory
from bookings.tests.planned import Planned
from bookings.tests.rows import bookings, everything
from clinic.models import Clinic

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_the_set_becomes_requests_of_the_same_patient(planned: Planned) -> None:
    patients = list(Patient.objects.all())
    booked = planned.book()
    assert list(Patient.objects.all()) == patients
    stored = list(planned.course.appointments.order_by("session_number"))
    assert stored == booked
    for one in stored:
        assert (one.state, one.patient, one.needs) == (State.REQUESTED, planned.consultation.patient, ["step_free"])
        assert (one.held_until, one.requested_at) == (None, planned.now)
        assert one.transitions.count() == 1


def test_it_is_confirmed_at_once_where_the_type_says_so(now: datetime) -> None:
    planned = Planned(now=now, auto_confirm=True)
    assert {one.state for one in planned.book()} == {State.CONFIRMED}


def test_booking_twice_gives_the_same_sessions(planned: Planned) -> None:
    held = planned.hold()
    booked = planned.book_held(held)
    before = everything()
    assert planned.book_held(held) == booked
    assert everything() == before


def test_a_set_that_ran_out_is_good_while_it_is_free(planned: Planned) -> None:
    held = planned.hold()
    assert {one.state for one in planned.book_held(held, now=planned.now + 40 * MINUTE)} == {State.REQUESTED}


def test_a_set_that_ran_out_and_lost_a_time_is_not_booked_at_all(planned: Planned) -> None:
    held = planned.hold()
    late = planned.now + 40 * MINUTE
    planned.diary.hold(held[2].starts_at, visitor="rival", now=late)
    before = bookings()
    with pytest.raises(SlotTaken):
        planned.book_held(held, now=late)
    assert bookings() == before


def test_a_set_that_ran_out_in_time_off_is_not_booked_at_all(planned: Planned) -> None:
    held = planned.hold()
    TimeOffFactory(
        practitioner=planned.diary.practitioner,
        location=planned.diary.location,
        starts_at=held[3].starts_at,
        ends_at=held[3].ends_at,
    )
    before = bookings()
    with pytest.raises(SlotTaken):
        planned.book_held(held, now=planned.now + 40 * MINUTE)
    assert bookings() == before


def test_without_holds_there_is_nothing_to_book(planned: Planned) -> None:
    with pytest.raises(HoldExpired):
        planned.book_held([])
    held = planned.hold()
    planned.course.appointments.all().delete()
    with pytest.raises(HoldExpired):
        planned.book_held(held)


def test_only_the_set_that_was_shown_is_booked(planned: Planned) -> None:
    shown = planned.hold()
    planned.hold(planned.on({1: 1, 2: 9, 3: 17, 4: 25}))
    before = bookings()
    with pytest.raises(ChangedMeanwhile):
        planned.book_held(shown)
    assert bookings() == before


def test_a_course_counts_as_one_open_request(planned: Planned) -> None:
    Clinic.objects.update(open_requests_per_contact=2)
    planned.diary.request(planned.diary.at(3, 15), visitor="ada")
    planned.book()
    with pytest.raises(TooManyOpen):
        planned.diary.request(planned.diary.at(4, 15), visitor="ada")


def test_a_course_over_the_limit_is_not_booked_and_stays_held(planned: Planned) -> None:
    Clinic.objects.update(open_requests_per_contact=1)
    planned.diary.request(planned.diary.at(3, 15), visitor="ada")
    held = planned.hold()
    before = bookings()
    with pytest.raises(TooManyOpen):
        planned.book_held(held)
    assert bookings() == before
