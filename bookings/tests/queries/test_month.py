"""The month as the calendar shows it."""

from datetime import date, datetime

import pytest

from bookings.queries.month import Cell, Day, read_month
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    """Booked from Wednesday 9 to Saturday 19 December 2026."""
    return Diary(now=now, signed=False, minutes=60, step=60, least_notice_hours=48, furthest_days=12)


def december(diary: Diary, *, month: int = 12) -> list[list[Cell]]:
    return read_month(diary.wish(), date(2026 + (month < 12), month, 1), now=diary.now).weeks


def cells(diary: Diary) -> dict[date, Cell]:
    return {cell.day: cell for week in december(diary) for cell in week}


def test_a_day_with_free_times_counts_them(diary: Diary) -> None:
    diary.request(diary.at(3, 10))
    cell = cells(diary)[date(2026, 12, 10)]
    assert (cell.status, cell.count) == (Day.FREE, 7)


def test_a_time_with_two_practitioners_counts_once(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2, minutes=60, step=60)
    assert cells(diary)[date(2026, 12, 10)].count == 8


def test_a_worked_day_without_a_free_time_is_full(diary: Diary) -> None:
    for hour in range(9, 17):
        diary.request(diary.at(3, hour), visitor=f"visitor {hour}")
    assert cells(diary)[date(2026, 12, 10)] == Cell(date(2026, 12, 10), Day.FULL, 0, in_month=True)


def test_a_day_on_which_nobody_works_is_closed(diary: Diary) -> None:
    assert cells(diary)[date(2026, 12, 12)].status == Day.CLOSED
    assert cells(diary)[date(2026, 12, 13)].status == Day.CLOSED


def test_days_before_the_least_notice_are_too_early(diary: Diary) -> None:
    found = cells(diary)
    assert {found[date(2026, 12, day)].status for day in range(1, 9)} == {Day.TOO_EARLY}
    assert found[date(2026, 12, 9)].status == Day.FREE


def test_the_rest_of_a_day_within_the_notice_counts_what_is_left(diary: Diary) -> None:
    diary.type.least_notice_hours = 6  # it is nine
    diary.type.save()
    assert cells(diary)[date(2026, 12, 7)].count == 2


def test_days_beyond_the_furthest_are_too_far(diary: Diary) -> None:
    found = cells(diary)
    assert found[date(2026, 12, 18)].status == Day.FREE
    assert found[date(2026, 12, 19)].status == Day.CLOSED
    assert {found[date(2026, 12, day)].status for day in range(20, 32)} == {Day.TOO_FAR}


def test_a_day_of_time_off_is_not_offered(diary: Diary) -> None:
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(3, 0), ends_at=diary.at(4, 0))
    assert cells(diary)[date(2026, 12, 10)].count == 0


@pytest.mark.parametrize(
    ("starts_on", "first"), [(0, date(2026, 11, 30)), (5, date(2026, 11, 28)), (6, date(2026, 11, 29))]
)
def test_the_week_starts_on_the_locations_day(diary: Diary, starts_on: int, first: date) -> None:
    diary.location.week_starts_on = starts_on
    diary.location.save()
    weeks = december(diary)
    assert weeks[0][0].day == first
    assert {week[0].day.weekday() for week in weeks} == {starts_on}
    assert {len(week) for week in weeks} == {7}


def test_days_of_the_neighbouring_months_are_marked_as_such(diary: Diary) -> None:
    inside = [cell.day for week in december(diary) for cell in week if cell.in_month]
    assert inside == [date(2026, 12, day) for day in range(1, 32)]
    assert [cell.day.day for week in december(diary, month=1) for cell in week if cell.in_month] == list(range(1, 32))


def test_a_late_evening_counts_for_the_locations_day_not_for_that_of_utc(diary: Diary) -> None:
    diary.location.time_zone = "America/Los_Angeles"  # 09:00 to 17:00 is 17:00 to 01:00 UTC
    diary.location.save()
    assert cells(diary)[date(2026, 12, 10)].count == 8
    assert cells(diary)[date(2026, 12, 12)].status == Day.CLOSED
