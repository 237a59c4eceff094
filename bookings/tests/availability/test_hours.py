from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.availability.hours import WeeklyHours, days_worked, local_day, working_intervals
from bookings.availability.intervals import Interval, subtract

from . import oracle

BERLIN = ZoneInfo("Europe/Berlin")
SANTIAGO = ZoneInfo("America/Santiago")
TEHRAN = ZoneInfo("Asia/Tehran")

AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)  # Berlin: 03:00 back to 02:00, 02:00 on to 03:00
MONDAY = date(2026, 6, 1)
HOUR = timedelta(hours=1)


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def on(day: date, starts: time, ends: time, zone: ZoneInfo = BERLIN) -> list[Interval]:
    return working_intervals([WeeklyHours(day.weekday(), starts, ends)], first=day, last=day, zone=zone)


def santiago_change(jump: timedelta) -> datetime:
    """The instant in 2025 at which Chile moved its clocks by `jump`: at midnight, unlike Berlin."""
    return next(instant for instant, by in oracle.clock_changes(SANTIAGO, 2025) if by == jump)


def test_hours_are_wall_clock_hours_in_the_zone() -> None:
    assert on(MONDAY, time(9), time(12)) == [Interval(utc(MONDAY, 7), utc(MONDAY, 10))]
    assert on(MONDAY, time(9), time(12), TEHRAN) == [Interval(utc(MONDAY, 5, 30), utc(MONDAY, 8, 30))]


@pytest.mark.parametrize("weekday", range(7))
def test_the_weekday_is_not_off_by_one(weekday: int) -> None:
    week = {"first": MONDAY, "last": MONDAY + timedelta(days=6)}
    for zone in (BERLIN, SANTIAGO, TEHRAN):
        for starts, ends in [(time(0), time(0, 30)), (time(23, 30), time(0))]:
            (worked,) = working_intervals([WeeklyHours(weekday, starts, ends)], zone=zone, **week)
            assert worked.start.astimezone(zone).date() == MONDAY + timedelta(days=weekday)


def test_an_end_at_midnight_closes_the_day_and_meets_the_next() -> None:
    late, early = WeeklyHours(0, time(22), time(0)), WeeklyHours(1, time(0), time(2))
    worked = working_intervals([early, late], first=MONDAY, last=MONDAY + timedelta(days=1), zone=BERLIN)
    assert worked == [Interval(utc(MONDAY, 20), utc(MONDAY + timedelta(days=1), 0))]


def test_validity_includes_both_its_days() -> None:
    row = WeeklyHours(0, time(9), time(10), valid_from=date(2026, 6, 8), valid_to=date(2026, 6, 15))
    worked = working_intervals([row], first=MONDAY, last=date(2026, 6, 30), zone=BERLIN)
    assert [interval.start.date() for interval in worked] == [date(2026, 6, 8), date(2026, 6, 15)]


def test_an_answer_is_its_own_list() -> None:
    # Answers are remembered; who adds the hours of a single day must not add them to everyone's.
    first = on(MONDAY, time(9), time(12))
    first.clear()
    assert on(MONDAY, time(9), time(12)) == [Interval(utc(MONDAY, 7), utc(MONDAY, 10))]


def test_a_night_across_the_turn_of_the_year_is_one_interval() -> None:
    # 31 December is a Thursday. In Tehran the year in UTC turns at 03:30, in the middle of a row.
    rows = [WeeklyHours(3, time(22), time(0)), WeeklyHours(4, time(0), time(6))]
    night = working_intervals(rows, first=date(2026, 12, 31), last=date(2027, 1, 1), zone=TEHRAN)
    assert night == [Interval(utc(date(2026, 12, 31), 18, 30), utc(date(2027, 1, 1), 2, 30))]


def test_rows_that_overlap_are_merged() -> None:
    rows = [WeeklyHours(0, time(9), time(12)), WeeklyHours(0, time(11), time(13))]
    worked = working_intervals(rows, first=MONDAY, last=MONDAY, zone=BERLIN)
    assert worked == [Interval(utc(MONDAY, 7), utc(MONDAY, 11))]


def test_no_days_no_hours() -> None:
    row = WeeklyHours(0, time(9), time(10))
    assert working_intervals([row], first=MONDAY, last=MONDAY - timedelta(days=7), zone=BERLIN) == []


def test_a_repeated_autumn_hour_is_worked_twice() -> None:
    assert on(AUTUMN, time(1), time(4)) == [Interval(utc(AUTUMN, 0) - HOUR, utc(AUTUMN, 3))]
    # 02:00 to 02:30 comes twice, with 02:30 to 03:00 in between.
    assert on(AUTUMN, time(2), time(2, 30)) == [
        Interval(utc(AUTUMN, 0), utc(AUTUMN, 0, 30)),
        Interval(utc(AUTUMN, 1), utc(AUTUMN, 1, 30)),
    ]


def test_a_spring_gap_is_not_worked() -> None:
    assert on(SPRING, time(2), time(3)) == []
    assert on(SPRING, time(1), time(4)) == [Interval(utc(SPRING, 0), utc(SPRING, 2))]


def test_daytime_hours_keep_their_wall_time_across_a_clock_change() -> None:
    for day in (AUTUMN, SPRING):
        for near in (day - timedelta(days=1), day, day + timedelta(days=1)):
            (worked,) = on(near, time(9), time(12))
            assert worked.start.astimezone(BERLIN).time() == time(9)
            assert worked.end.astimezone(BERLIN).time() == time(12)


def test_the_last_hour_of_the_day_can_come_twice() -> None:
    change = santiago_change(-HOUR)
    day = (change - timedelta(minutes=1)).astimezone(SANTIAGO).date()
    assert on(day, time(23), time(0), SANTIAGO) == [Interval(change - HOUR, change + HOUR)]
    assert local_day(day, SANTIAGO).duration == 25 * HOUR


def test_a_day_can_start_at_one_in_the_morning() -> None:
    change = santiago_change(HOUR)
    day = change.astimezone(SANTIAGO).date()
    assert on(day, time(0), time(1), SANTIAGO) == []
    assert on(day, time(0), time(2), SANTIAGO) == [Interval(change, change + HOUR)]
    assert local_day(day, SANTIAGO) == Interval(change, change + 23 * HOUR)


def test_a_day_is_worked_if_any_instant_of_it_is() -> None:
    night = [Interval(utc(MONDAY, 20), utc(MONDAY, 22)), Interval(utc(MONDAY, 23), utc(MONDAY, 23, 1))]
    days = [MONDAY + timedelta(days=n) for n in range(-1, 3)]
    # 20:00 to 22:00 in UTC ends at Berlin's midnight; the minute after 23:00 is the next day's.
    assert days_worked(night[:1], BERLIN, days[0], days[-1]) == {MONDAY}
    assert days_worked(night, BERLIN, days[0], days[-1]) == {MONDAY, MONDAY + timedelta(days=1)}
    assert days_worked(night, BERLIN, days[2], days[-1]) == {days[2]}
    assert days_worked([], BERLIN, days[0], days[-1]) == set()


def test_a_long_stretch_of_work_touches_every_day_but_one_the_zone_skipped() -> None:
    year = [Interval(utc(date(2011, 1, 1), 0), utc(date(2012, 12, 31), 0))]
    days = days_worked(year, ZoneInfo("Pacific/Apia"), date(2011, 12, 28), date(2012, 1, 1))
    assert days == {date(2011, 12, 28), date(2011, 12, 29), date(2011, 12, 31), date(2012, 1, 1)}


def test_a_local_day_follows_its_zone() -> None:
    assert local_day(MONDAY, TEHRAN) == Interval(utc(MONDAY, 0) - 3.5 * HOUR, utc(MONDAY, 20, 30))
    assert local_day(AUTUMN, BERLIN).duration == 25 * HOUR
    assert local_day(SPRING, BERLIN).duration == 23 * HOUR


def test_a_date_that_comes_in_two_pieces_is_one_day() -> None:
    # Newfoundland, 7 November 2010: at 00:01 the clock went back to 23:01 of the day before.
    day = local_day(date(2010, 11, 6), ZoneInfo("America/St_Johns"))
    assert day.duration == 25 * HOUR


def test_a_date_the_zone_skipped_is_refused() -> None:
    with pytest.raises(ValueError, match="never happened"):
        local_day(date(2011, 12, 30), ZoneInfo("Pacific/Apia"))


def test_a_full_day_block_closes_the_day_and_only_that_day() -> None:
    rows = [WeeklyHours(weekday, time(0), time(0)) for weekday in range(7)]
    for day, zone in [(AUTUMN, BERLIN), (SPRING, BERLIN), (MONDAY, TEHRAN)]:
        worked = working_intervals(rows, first=day - timedelta(days=1), last=day + timedelta(days=1), zone=zone)
        left = subtract(worked, [local_day(day, zone)])
        assert left == [local_day(day - timedelta(days=1), zone), local_day(day + timedelta(days=1), zone)]
