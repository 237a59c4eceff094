"""Which times are free."""

from datetime import date, datetime, time, timedelta

import pytest

from bookings.models import WorkingHours
from bookings.queries.diary import read_diary
from bookings.queries.openings import offered, part_of_day
from bookings.queries.wish import practitioners_for
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory, WorkingHoursFactory
from bookings.tests.queries.reading import clocks, offers
from clinic.tests.factories import LocationFactory

pytestmark = pytest.mark.django_db
TUESDAY, SATURDAY = date(2026, 12, 8), date(2026, 12, 12)


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False, minutes=60, step=60)


def test_an_empty_day_offers_its_working_hours(diary: Diary) -> None:
    assert clocks(diary, TUESDAY) == [f"{hour:02}:00" for hour in range(9, 17)]


def test_two_partial_blocks_leave_the_rest_of_the_day_open(diary: Diary) -> None:
    for starts, ends in ((9, 11), (15, 17)):
        TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(1, starts), ends_at=diary.at(1, ends))
    assert clocks(diary, TUESDAY) == ["11:00", "12:00", "13:00", "14:00"]


def test_one_full_day_block_closes_the_day_and_no_other(diary: Diary) -> None:
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(1, 0), ends_at=diary.at(2, 0))
    assert clocks(diary, TUESDAY) == []
    assert len(clocks(diary, TUESDAY + timedelta(days=1))) == 8


def test_a_block_of_some_weeks_closes_every_day_in_it(diary: Diary) -> None:
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(1, 12), ends_at=diary.at(15, 12))
    assert clocks(diary, TUESDAY) == ["09:00", "10:00", "11:00"]
    assert clocks(diary, date(2026, 12, 9), date(2026, 12, 21)) == []
    assert clocks(diary, date(2026, 12, 22)) == ["12:00", "13:00", "14:00", "15:00", "16:00"]


@pytest.mark.parametrize("weekday", range(7))
def test_hours_are_worked_on_their_own_weekday(diary: Diary, weekday: int) -> None:
    WorkingHours.objects.all().delete()
    WorkingHoursFactory(practitioner=diary.practitioner, location=diary.location, weekday=weekday)
    found = offers(diary, date(2026, 12, 14), date(2026, 12, 27))
    # 14 December 2026 is a Monday, day 0.
    assert {start.day for start in found} == {14 + weekday, 21 + weekday}


def test_hours_are_worked_while_they_are_valid_only(diary: Diary) -> None:
    WorkingHours.objects.all().delete()
    for weekday in range(5):
        WorkingHoursFactory(
            practitioner=diary.practitioner,
            location=diary.location,
            weekday=weekday,
            valid_from=date(2026, 12, 9),
            valid_to=date(2026, 12, 14),
        )
    found = offers(diary, date(2026, 12, 7), date(2026, 12, 20))
    assert {start.day for start in found} == {9, 10, 11, 14}


def test_hours_at_another_location_are_not_offered_here(diary: Diary) -> None:
    dubai = LocationFactory(slug="dubai", time_zone="Asia/Dubai")
    WorkingHoursFactory(practitioner=diary.practitioner, location=dubai, weekday=5)
    assert clocks(diary, SATURDAY) == []


def test_a_request_takes_its_practitioner_only(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2, minutes=60, step=60)
    first, second = diary.practitioners
    diary.request(diary.at(1, 10), practitioner=first)
    assert offers(diary, TUESDAY)[diary.at(1, 10)] == [second]
    assert offers(diary, TUESDAY)[diary.at(1, 11)] == [second, first]


def test_ones_own_hold_is_offered_to_oneself_and_to_nobody_else(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10), visitor="ada")
    assert held.starts_at in offers(diary, TUESDAY, visitor="ada")
    assert held.starts_at not in offers(diary, TUESDAY, visitor="grace")
    assert held.starts_at not in offers(diary, TUESDAY)


def test_ones_own_request_is_not_offered_again(diary: Diary) -> None:
    diary.request(diary.at(1, 10), visitor="ada")
    assert diary.at(1, 10) not in offers(diary, TUESDAY, visitor="ada")


def test_a_hold_that_ran_out_is_offered_again(diary: Diary) -> None:
    diary.hold(diary.at(1, 10), minutes=10)
    diary.now += timedelta(minutes=10)
    assert diary.at(1, 10) in offers(diary, TUESDAY)


def test_asking_about_one_start_says_the_same_as_the_calendar(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=3, minutes=45, step=30)
    diary.request(diary.at(1, 10))
    for start in (diary.at(1, 10), diary.at(1, 11), diary.at(1, 10, 10), diary.at(5, 10)):
        found = offered(diary.wish(), start, now=now)
        assert (found.people if found else []) == offers(diary, start.date()).get(start, [])


def test_only_days_with_hours_are_worked(diary: Diary) -> None:
    read = read_diary(diary.wish(), first=TUESDAY, last=SATURDAY, now=diary.now)
    assert read.days_worked() == {TUESDAY, date(2026, 12, 9), date(2026, 12, 10), date(2026, 12, 11)}


def test_practitioners_come_once_and_in_the_clinics_order(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=3)
    for order, person in enumerate(reversed(diary.practitioners)):
        person.order = order
        person.save()
    assert practitioners_for(diary.type, diary.location) == list(reversed(diary.practitioners))


@pytest.mark.parametrize(
    ("clock", "part"),
    [
        (time(0), "morning"),
        (time(11, 59), "morning"),
        (time(12), "afternoon"),
        (time(16, 59), "afternoon"),
        (time(17), "evening"),
    ],
)
def test_the_parts_of_the_day(clock: time, part: str) -> None:
    assert part_of_day(datetime.combine(TUESDAY, clock)) == part
