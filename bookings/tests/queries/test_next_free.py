"""The next free time."""

from datetime import datetime, timedelta

import pytest

from bookings.models import WorkingHours
from bookings.queries.openings import next_free
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory
from bookings.tests.queries.reading import offers

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False, least_notice_hours=24, furthest_days=90)


def soonest(diary: Diary, *, visitor: str = "") -> datetime | None:
    return next_free(diary.wish(visitor=visitor), now=diary.now)


def test_it_is_the_first_time_after_the_least_notice(diary: Diary) -> None:
    assert soonest(diary) == diary.at(1, 9)


@pytest.mark.parametrize("days", [3, 20, 60, 86])
def test_it_looks_as_far_as_can_be_booked(diary: Diary, days: int) -> None:
    TimeOffFactory(
        practitioner=diary.practitioner,
        starts_at=diary.now - timedelta(days=1),
        ends_at=diary.now + timedelta(days=days),
    )
    found = soonest(diary)
    today = diary.now.date()
    assert found == min(offers(diary, today, today + timedelta(days=100)))
    assert found >= diary.now + timedelta(days=days)


def test_it_is_the_first_of_all_practitioners(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2)
    TimeOffFactory(practitioner=diary.practitioners[0], starts_at=diary.at(0, 0), ends_at=diary.at(9, 0))
    TimeOffFactory(practitioner=diary.practitioners[1], starts_at=diary.at(0, 0), ends_at=diary.at(3, 0))
    assert soonest(diary) == diary.at(3, 9)


def test_ones_own_hold_does_not_stand_in_ones_way(diary: Diary) -> None:
    diary.hold(diary.at(1, 9), visitor="ada")
    assert soonest(diary, visitor="ada") == diary.at(1, 9)
    assert soonest(diary) == diary.at(1, 9, 30)


def test_it_is_none_where_nobody_ever_works(diary: Diary) -> None:
    WorkingHours.objects.all().delete()
    assert soonest(diary) is None


def test_it_is_none_where_all_the_time_is_off(diary: Diary) -> None:
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(-1, 0), ends_at=diary.at(400, 0))
    assert soonest(diary) is None


def test_it_is_none_where_nobody_does_this_appointment(diary: Diary) -> None:
    diary.type.practitioners.clear()
    assert soonest(diary) is None


def test_it_is_none_where_the_notice_is_longer_than_the_horizon(now: datetime) -> None:
    assert soonest(Diary(now=now, signed=False, least_notice_hours=24 * 30, furthest_days=7)) is None


def test_it_is_none_where_a_visit_never_fits_into_the_hours(now: datetime) -> None:
    assert soonest(Diary(now=now, signed=False, minutes=480, buffer_after=5)) is None


def test_it_comes_to_an_end_with_the_furthest_horizon_that_can_be_set(now: datetime) -> None:
    diary = Diary(now=now, signed=False, furthest_days=730)
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(-1, 0), ends_at=diary.at(800, 0))
    assert soonest(diary) is None
