"""Holding a time."""

from datetime import datetime, timedelta

import pytest

from bookings.actions.hold import forget_holds
from bookings.enums import State
from bookings.exceptions import SlotTaken
from bookings.models import Appointment, Claim
from bookings.tests.diary import Diary
from bookings.tests.rows import bookings

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


def test_the_time_is_held_for_the_visitor_for_some_minutes(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10), visitor="ada", minutes=7)
    stored = Appointment.objects.get()
    assert stored == held
    assert (stored.state, stored.visitor, stored.patient) == (State.HELD, "ada", None)
    assert (stored.starts_at, stored.ends_at) == (diary.at(1, 10), diary.at(1, 10, 30))
    assert stored.held_until == diary.now + 7 * MINUTE
    assert (stored.type, stored.treatment) == (diary.type, diary.treatment)
    assert (stored.practitioner, stored.location) == (diary.practitioner, diary.location)
    assert not stored.transitions.exists()


def test_the_claim_is_the_visit_and_its_buffers(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=45, buffer_before=5, buffer_after=15)
    held = diary.hold(diary.at(1, 10))
    claim = Claim.objects.get()
    assert (claim.appointment, claim.practitioner) == (held, diary.practitioner)
    assert (claim.starts_at, claim.ends_at) == (diary.at(1, 9, 55), diary.at(1, 11))
    assert (held.starts_at, held.ends_at) == (diary.at(1, 10), diary.at(1, 10, 45))


def test_adjacent_buffers_add(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=30, buffer_before=5, buffer_after=10, step=5)
    diary.hold(diary.at(1, 10), visitor="first")  # claims 09:55 to 10:40
    for too_close in (diary.at(1, 9, 20), diary.at(1, 10, 40)):
        with pytest.raises(SlotTaken):
            diary.hold(too_close, visitor="second")
    assert diary.hold(diary.at(1, 9, 15), visitor="before")  # claims 09:10 to 09:55
    assert diary.hold(diary.at(1, 10, 45), visitor="after")  # claims 10:40 to 11:25


def test_choosing_another_time_frees_the_first(diary: Diary) -> None:
    diary.hold(diary.at(1, 10), visitor="ada")
    second = diary.hold(diary.at(1, 11), visitor="ada")
    assert Appointment.objects.get() == second
    assert Claim.objects.get().appointment == second
    assert diary.hold(diary.at(1, 10), visitor="grace")


def test_if_the_other_time_is_taken_the_first_stays(diary: Diary) -> None:
    diary.hold(diary.at(1, 10), visitor="ada")
    diary.hold(diary.at(1, 11), visitor="grace")
    before = bookings()
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 11), visitor="ada")
    assert bookings() == before


def test_a_visitor_may_move_to_a_time_that_overlaps_their_own_hold(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=60, step=30)
    diary.hold(diary.at(1, 10), visitor="ada")
    assert diary.hold(diary.at(1, 10, 30), visitor="ada").starts_at == diary.at(1, 10, 30)


def test_the_same_time_twice_is_one_hold_renewed(diary: Diary) -> None:
    diary.hold(diary.at(1, 10), visitor="ada")
    again = diary.hold(diary.at(1, 10), visitor="ada", now=diary.now + 5 * MINUTE)
    assert Appointment.objects.get() == again
    assert again.held_until == diary.now + 15 * MINUTE


def test_a_hold_frees_no_request_of_the_same_visitor(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10), visitor="ada")
    diary.hold(diary.at(1, 11), visitor="ada")
    assert Claim.objects.filter(appointment=asked).exists()


def test_a_hold_that_has_not_run_out_stands_in_the_way_to_its_last_moment(diary: Diary) -> None:
    diary.hold(diary.at(1, 10), visitor="ada", minutes=10)
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 10), visitor="grace", now=diary.now + 10 * MINUTE - timedelta(microseconds=1))
    assert diary.hold(diary.at(1, 10), visitor="grace", now=diary.now + 10 * MINUTE)


def test_holds_that_ran_out_give_way_to_a_longer_visit_over_them(diary: Diary) -> None:
    diary.hold(diary.at(1, 10), visitor="ada")
    diary.hold(diary.at(1, 10, 30), visitor="grace")
    diary.type.minutes = 60
    diary.type.save()
    held = diary.hold(diary.at(1, 10), visitor="joan", now=diary.now + 11 * MINUTE)
    assert Appointment.objects.get() == held


def test_holds_that_ran_out_elsewhere_stay(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2)
    first, second = diary.practitioners
    beside = diary.hold(diary.at(1, 10), visitor="ada", practitioner=second)
    next_to = diary.hold(diary.at(1, 10, 30), visitor="grace", practitioner=first)
    held = diary.hold(diary.at(1, 10), visitor="joan", practitioner=first, now=now + 11 * MINUTE)
    assert set(Appointment.objects.all()) == {beside, next_to, held}


def test_a_request_never_gives_way(diary: Diary) -> None:
    diary.request(diary.at(1, 10), visitor="ada")
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 10), visitor="grace", now=diary.now + timedelta(hours=2))


def test_holds_that_ran_out_a_day_ago_are_forgotten(diary: Diary) -> None:
    old = diary.hold(diary.at(7, 10), visitor="ada", now=diary.now - timedelta(hours=24, minutes=10))
    younger = diary.hold(diary.at(7, 11), visitor="grace", now=diary.now - timedelta(hours=24, minutes=9))
    held = diary.hold(diary.at(4, 9), visitor="joan")
    forget_holds(now=diary.now)
    assert old not in Appointment.objects.all()
    assert set(Appointment.objects.all()) == {younger, held}
    assert set(Claim.objects.values_list("appointment", flat=True)) == {younger.pk, held.pk}
