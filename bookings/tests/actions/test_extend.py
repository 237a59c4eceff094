"""Holding for longer, and freeing."""

from datetime import datetime, timedelta

import pytest

from bookings.actions.hold import extend, release
from bookings.exceptions import HoldExpired, SlotTaken
from bookings.models import Appointment, Claim
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory
from bookings.tests.rows import bookings

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


def test_a_hold_is_renewed_from_now(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10), minutes=10)
    extended = extend(visitor="visitor", minutes=10, now=diary.now + 8 * MINUTE)
    assert extended == [held]
    assert Appointment.objects.get().held_until == diary.now + 18 * MINUTE
    assert Claim.objects.get().appointment == held


def test_a_hold_that_ran_out_is_held_again_while_nobody_took_it(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10), minutes=10)
    assert extend(visitor="visitor", minutes=10, now=diary.now + 40 * MINUTE) == [held]
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 10), visitor="other", now=diary.now + 49 * MINUTE)


def test_a_hold_given_to_someone_else_is_not_given_back(diary: Diary) -> None:
    diary.hold(diary.at(1, 10), minutes=10)
    later = diary.now + 11 * MINUTE
    diary.hold(diary.at(1, 10), visitor="other", now=later)
    before = bookings()
    with pytest.raises(HoldExpired):
        extend(visitor="visitor", minutes=10, now=later)
    assert bookings() == before


def test_a_hold_that_ran_out_is_refused_if_the_time_is_no_longer_worked(diary: Diary) -> None:
    diary.hold(diary.at(1, 10), minutes=10)
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(1, 9), ends_at=diary.at(1, 12))
    before = bookings()
    with pytest.raises(SlotTaken):
        extend(visitor="visitor", minutes=10, now=diary.now + 11 * MINUTE)
    assert bookings() == before


def test_a_hold_that_ran_out_is_refused_if_the_practitioner_has_left(diary: Diary) -> None:
    diary.hold(diary.at(1, 10), minutes=10)
    diary.practitioner.is_active = False
    diary.practitioner.save()
    with pytest.raises(SlotTaken):
        extend(visitor="visitor", minutes=10, now=diary.now + 11 * MINUTE)


def test_a_hold_that_has_not_run_out_is_kept_whatever_has_changed_since(diary: Diary) -> None:
    diary.hold(diary.at(1, 10), minutes=10)
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(1, 9), ends_at=diary.at(1, 12))
    assert extend(visitor="visitor", minutes=10, now=diary.now + 9 * MINUTE)


def test_a_time_that_has_passed_cannot_be_held_on(diary: Diary) -> None:
    diary.hold(diary.at(0, 11), minutes=10)
    with pytest.raises(HoldExpired):
        extend(visitor="visitor", minutes=10, now=diary.at(0, 11))


def test_without_a_hold_there_is_nothing_to_extend(diary: Diary) -> None:
    diary.hold(diary.at(1, 10), visitor="other")
    diary.request(diary.at(1, 11), visitor="visitor")
    before = bookings()
    with pytest.raises(HoldExpired):
        extend(visitor="visitor", minutes=10, now=diary.now)
    assert bookings() == before


def test_a_freed_time_can_be_held_by_the_next(diary: Diary) -> None:
    diary.hold(diary.at(1, 10))
    release(visitor="visitor")
    assert not Appointment.objects.exists()
    assert diary.hold(diary.at(1, 10), visitor="other")


def test_freeing_touches_neither_requests_nor_the_holds_of_others(diary: Diary) -> None:
    diary.request(diary.at(1, 9), visitor="visitor")
    diary.hold(diary.at(1, 10), visitor="other")
    before = bookings()
    release(visitor="visitor")
    assert bookings() == before
