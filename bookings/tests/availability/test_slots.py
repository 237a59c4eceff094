from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.availability.hours import WeeklyHours, local_day, working_intervals
from bookings.availability.intervals import Interval, subtract
from bookings.availability.slots import Visit, free_starts, nearest

BERLIN = ZoneInfo("Europe/Berlin")
TEHRAN = ZoneInfo("Asia/Tehran")
AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)
MONDAY = date(2026, 6, 1)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def visit(duration: int, *, before: int = 0, after: int = 0, step: int = 15) -> Visit:
    return Visit(minutes(duration), minutes(before), minutes(after), minutes(step))


def at(text: str, zone: ZoneInfo = BERLIN, day: date = MONDAY, fold: int = 0) -> datetime:
    return datetime.combine(day, time.fromisoformat(text)).replace(tzinfo=zone, fold=fold)


def walls(free: list[Interval], wanted: Visit, zone: ZoneInfo = BERLIN) -> list[str]:
    """The wall times of every start, whatever the day."""
    earliest, latest = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
    found = free_starts(free, wanted, zone=zone, earliest=earliest, latest=latest)
    return [f"{start.astimezone(zone):%H:%M}" for start in found]


def test_starts_lie_on_the_grid_and_the_visit_fits() -> None:
    assert walls([Interval(at("09:05"), at("10:00"))], visit(30)) == ["09:15", "09:30"]


def test_buffers_must_be_free_too() -> None:
    free = [Interval(at("09:00"), at("10:00"))]
    assert walls(free, visit(30, before=10)) == ["09:15", "09:30"]
    assert walls(free, visit(30, after=10)) == ["09:00", "09:15"]
    assert walls(free, visit(30, before=15, after=15)) == ["09:15"]
    assert walls(free, visit(30, before=16, after=15)) == []


def test_a_visit_may_span_free_times_that_touch_but_no_gap() -> None:
    touching = [Interval(at("09:30"), at("10:00")), Interval(at("09:00"), at("09:30"))]
    assert walls(touching, visit(60)) == ["09:00"]
    apart = [Interval(at("09:31"), at("10:01")), Interval(at("09:00"), at("09:30"))]
    assert walls(apart, visit(60)) == []


def test_the_grid_is_counted_on_the_clinics_wall_clock() -> None:
    # Tehran is at +03:30, so an hourly grid is at half past in UTC.
    found = walls([Interval(at("09:00", TEHRAN), at("11:00", TEHRAN))], visit(60, step=60), TEHRAN)
    assert found == ["09:00", "10:00"]


def test_the_grid_starts_afresh_at_each_midnight() -> None:
    night = [Interval(at("23:00"), at("01:00", day=MONDAY + timedelta(days=1)))]
    assert walls(night, visit(5, step=25)) == ["23:20", "23:45", "00:00", "00:25", "00:50"]


def test_midnight_is_offered_once() -> None:
    night = [Interval(at("23:30"), at("01:00", day=MONDAY + timedelta(days=1)))]
    assert walls(night, visit(30)) == ["23:30", "23:45", "00:00", "00:15", "00:30"]


def test_both_bounds_are_included() -> None:
    free = [Interval(at("08:00"), at("12:00"))]
    found = free_starts(free, visit(30), zone=BERLIN, earliest=at("09:00"), latest=at("09:30"))
    assert found == [at("09:00"), at("09:15"), at("09:30")]
    assert all(start.tzinfo is UTC for start in found)
    assert free_starts(free, visit(30), zone=BERLIN, earliest=at("09:30"), latest=at("09:00")) == []


def test_a_repeated_hour_offers_both_its_passes() -> None:
    free = [Interval(at("01:30", day=AUTUMN), at("03:30", day=AUTUMN))]
    assert walls(free, visit(30, step=30)) == ["01:30", "02:00", "02:30", "02:00", "02:30", "03:00"]
    for minute in (0, 30):
        second = datetime(2026, 10, 25, 1, minute, tzinfo=UTC)
        assert free_starts(free, visit(30), zone=BERLIN, earliest=second, latest=second) == [second]


def test_a_spring_gap_offers_nothing_and_loses_nothing() -> None:
    free = [Interval(at("01:00", day=SPRING), at("04:00", day=SPRING))]
    assert walls(free, visit(30, step=30)) == ["01:00", "01:30", "03:00", "03:30"]


def test_a_claim_measures_real_time_through_a_clock_change() -> None:
    claim = visit(120, before=10, after=20).claim(at("01:30", day=AUTUMN))
    assert claim == Interval(at("01:20", day=AUTUMN), at("02:50", day=AUTUMN, fold=1))
    assert claim.duration == minutes(150)


def test_two_partial_blocks_do_not_close_a_day_but_a_full_one_does() -> None:
    hours = [WeeklyHours(MONDAY.weekday(), time(9), time(17))]
    free = working_intervals(hours, first=MONDAY, last=MONDAY, zone=BERLIN)
    blocks = [Interval(at("08:00"), at("12:00")), Interval(at("13:00"), at("18:00"))]
    assert walls(subtract(free, blocks), visit(60)) == ["12:00"]
    assert walls(subtract(free, [local_day(MONDAY, BERLIN)]), visit(60)) == []


def test_nearest_picks_by_distance_and_answers_in_order() -> None:
    starts = [at("09:00"), at("10:00"), at("11:00"), at("15:00")]
    assert nearest(starts, at("10:50"), 2) == [at("10:00"), at("11:00")]
    assert nearest(reversed(starts), at("18:00"), 3) == [at("10:00"), at("11:00"), at("15:00")]
    assert nearest(starts, at("09:00"), 9) == starts
    assert nearest(starts, at("09:00"), 0) == nearest([], at("09:00"), 3) == []


def test_nearest_takes_the_earlier_on_a_tie() -> None:
    assert nearest([at("11:00"), at("09:00")], at("10:00"), 1) == [at("09:00")]


def test_nearest_measures_real_time_through_a_clock_change() -> None:
    # From the first 02:30, 03:00 is an hour and a half away; 01:30 only one.
    starts = [at("01:30", day=AUTUMN), at("03:00", day=AUTUMN)]
    assert nearest(starts, at("02:30", day=AUTUMN), 1) == [at("01:30", day=AUTUMN)]
    first, second = at("02:30", day=AUTUMN), at("02:10", day=AUTUMN, fold=1)
    assert [start.hour for start in nearest([second, first], first, 2)] == [0, 1]


def test_naive_datetimes_are_refused() -> None:
    naive = at("09:00").replace(tzinfo=None)
    for earliest, latest in [(naive, at("10:00")), (at("08:00"), naive)]:
        with pytest.raises(ValueError, match="naive"):
            free_starts([], visit(30), zone=BERLIN, earliest=earliest, latest=latest)
    with pytest.raises(ValueError, match="naive"):
        visit(30).claim(naive)
    with pytest.raises(ValueError, match="naive"):
        nearest([], naive, 1)


@pytest.mark.parametrize("bad", [{"duration": 0}, {"step": 0}, {"step": -15}, {"before": -1}, {"after": -1}])
def test_an_impossible_visit_is_refused(bad: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a visit"):
        visit(**{"duration": 30, **bad})
