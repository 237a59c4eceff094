"""The fast arithmetic against the slow oracle, on generated diaries crowded around clock changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings.availability.hours import WeeklyHours, days_worked, local_day, working_intervals
from bookings.availability.intervals import Interval, merge, subtract
from bookings.availability.slots import Visit, free_starts, start_windows, starts_in
from bookings.availability.windows import Window, covers, intersect_windows, merge_windows

from . import oracle

TEHRAN = ZoneInfo("Asia/Tehran")
CHANGING = [ZoneInfo("Europe/Berlin"), ZoneInfo("America/Santiago")]
# Tehran no longer moves its clocks; it used to on these days.
FORMER = [datetime(2026, 3, 21, 20, 30, tzinfo=UTC), datetime(2026, 9, 21, 20, 30, tzinfo=UTC)]
# Nothing happens at the turn of the year, but offsets are read and kept by the year.
NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
CHANGES = {
    zone: [*([instant for year in (2026, 2027) for instant, _ in oracle.clock_changes(zone, year)] or FORMER), NEW_YEAR]
    for zone in [*CHANGING, TEHRAN]
}

# No deadline and no health check on speed: a busy machine must not turn the suite red.
profile = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Days:
    zone: ZoneInfo
    change: datetime  # a clock change, mostly within the days
    first: date
    last: date

    def minute(self, five_minutes: int) -> datetime:
        """Counted in steps of five minutes from the UTC midnight before the first day."""
        return datetime.combine(self.first, time(), UTC) + timedelta(minutes=5 * five_minutes - 24 * 60)


@st.composite
def days(draw: st.DrawFn) -> Days:
    zone = draw(st.sampled_from([*CHANGING, *CHANGING, TEHRAN]))
    change = draw(st.sampled_from(CHANGES[zone]))
    near = st.integers(-2, 1).map(lambda shift: change.astimezone(zone).date() + timedelta(days=shift))
    first = draw(near | st.dates(date(2026, 1, 1), date(2027, 12, 31)))
    return Days(zone, change, first, first + timedelta(days=draw(st.integers(0, 2))))


@st.composite
def weekly_hours(draw: st.DrawFn, span: Days) -> WeeklyHours:
    around = st.integers(-1, 3).map(lambda shift: span.first + timedelta(days=shift))
    # Every other row around the small hours, where clocks change.
    starts = draw(st.integers(0, 48) | st.integers(0, 287))
    ends = draw(st.integers(starts + 1, min(starts + 24, 288)) | st.integers(starts + 1, 288))
    valid_from = draw(st.none() | around)
    valid_to = draw(st.none() | around)
    every = draw(st.just(1) | st.integers(2, 4))
    if every > 1:
        # Weeks earlier, on any weekday, so that the weeks worked are not always those that begin the validity.
        valid_from = (valid_from or span.first) - timedelta(days=draw(st.integers(0, 30)))
    if valid_from and valid_to and valid_to < valid_from:
        valid_from, valid_to = valid_to, valid_from
    weekday, week_starts_on = draw(around).weekday(), draw(st.integers(0, 6))
    return WeeklyHours(
        weekday,
        _wall(starts),
        _wall(ends),
        valid_from=valid_from,
        valid_to=valid_to,
        every=every,
        week_starts_on=week_starts_on,
    )


def _wall(five_minutes: int) -> time:
    return time(five_minutes // 12 % 24, five_minutes % 12 * 5)


@st.composite
def intervals(draw: st.DrawFn, span: Days, at_most: int = 8) -> list[Interval]:
    # Half hours around the change, so that intervals often touch each other and reach across it.
    near = st.integers(-5, 3).map(lambda n: span.change + timedelta(minutes=30 * n))
    starts = draw(st.lists(near | st.integers(0, 5 * 288).map(span.minute), max_size=at_most))
    lengths = [draw(st.sampled_from([6, 12, 24]) | st.integers(1, 300)) for _ in starts]
    return [Interval(a, a + timedelta(minutes=5 * n)) for a, n in zip(starts, lengths, strict=True)]


def visits() -> st.SearchStrategy[Visit]:
    buffer = st.integers(0, 6).map(lambda n: timedelta(minutes=5 * n))
    return st.builds(
        Visit,
        duration=st.integers(1, 24).map(lambda n: timedelta(minutes=5 * n)),
        before=buffer,
        after=buffer,
        # Steps that divide an hour, a day, and neither.
        step=st.sampled_from([5, 10, 15, 20, 30, 60, 90, 7, 25, 50]).map(lambda n: timedelta(minutes=n)),
    )


def spans(found: list[Interval]) -> list[oracle.Span]:
    return [(interval.start, interval.end) for interval in found]


def minutes(found: list[Interval]) -> set[datetime]:
    return oracle.minutes(spans(found))


@profile
@given(st.data(), days())
def test_working_intervals_are_the_minutes_worked(data: st.DataObject, span: Days) -> None:
    rows = data.draw(st.lists(weekly_hours(span), min_size=1, max_size=5))
    found = working_intervals(rows, first=span.first, last=span.last, zone=span.zone)
    assert spans(found) == oracle.runs(oracle.worked(rows, span.first, span.last, span.zone))


@profile
@given(st.data(), days())
def test_days_worked_are_the_dates_of_the_minutes(data: st.DataObject, span: Days) -> None:
    some = data.draw(intervals(span))
    expected = oracle.days(minutes(some), span.first, span.last, span.zone)
    assert days_worked(some, span.zone, span.first, span.last) == expected


@profile
@given(days())
def test_a_local_day_is_the_minutes_of_its_date(span: Days) -> None:
    expected = [minute for minute, _ in oracle.wall_clock(span.first, span.first, span.zone)]
    assert spans([local_day(span.first, span.zone)]) == oracle.runs(set(expected))


@profile
@given(st.data(), days())
def test_merge_and_subtract_are_set_operations(data: st.DataObject, span: Days) -> None:
    left, right = data.draw(intervals(span)), data.draw(intervals(span))
    ours, theirs = minutes(left), minutes(right)
    assert spans(merge(left)) == oracle.runs(ours)
    assert spans(subtract(left, right)) == oracle.runs(ours - theirs)


@profile
@given(st.data(), days(), visits())
def test_free_starts_are_the_grid_minutes_with_room(data: st.DataObject, span: Days, visit: Visit) -> None:
    rows = data.draw(st.lists(weekly_hours(span), min_size=1, max_size=5))
    # Hours never run past midnight, so add free time that does.
    extra, taken = data.draw(intervals(span)), data.draw(intervals(span, at_most=3))
    # Bounds inside the span, on a clock change or off the minute, so that they cut visits too.
    bound = st.integers(0, 5 * 288).map(span.minute) | st.just(span.change)
    earliest, latest = span.minute(0), span.minute(5 * 288)
    if data.draw(st.booleans()):
        earliest = data.draw(bound)
        latest = data.draw(bound) + timedelta(seconds=data.draw(st.sampled_from([0, 30])))

    worked = working_intervals(rows, first=span.first, last=span.last, zone=span.zone)
    open_time = subtract(worked + extra, taken)
    found = free_starts(open_time, visit, zone=span.zone, earliest=earliest, latest=latest)

    free = oracle.worked(rows, span.first, span.last, span.zone) | minutes(extra)
    assert found == oracle.starts(free - minutes(taken), visit, span.zone, earliest, latest)


@profile
@given(st.data(), days(), visits())
def test_the_starts_of_several_people_are_those_in_their_merged_windows(
    data: st.DataObject, span: Days, visit: Visit
) -> None:
    bounds = {"earliest": span.minute(data.draw(st.integers(0, 288))), "latest": span.minute(5 * 288)}
    people = data.draw(st.lists(intervals(span), max_size=4))
    found = starts_in(
        merge_windows(window for free in people for window in start_windows(free, visit, **bounds)),
        step=visit.step,
        zone=span.zone,
    )
    assert found == sorted({start for free in people for start in free_starts(free, visit, zone=span.zone, **bounds)})


@profile
@given(st.data(), days())
def test_merged_and_shared_windows_are_set_operations(data: st.DataObject, span: Days) -> None:
    # Ends at every second step, instants at every step: both the ends and what lies between are tried.
    point = st.integers(0, 12)
    pairs = st.lists(st.tuples(point, point).map(sorted), max_size=6)
    left, right = data.draw(pairs), data.draw(pairs)
    ours, theirs = ([Window(span.minute(2 * a), span.minute(2 * b)) for a, b in side] for side in (left, right))
    mine, yours = merge_windows(ours), merge_windows(theirs)
    shared = intersect_windows(mine, yours)
    for n in range(-1, 26):
        start = span.minute(n)
        in_ours, in_theirs = (any(2 * a <= n <= 2 * b for a, b in side) for side in (left, right))
        assert covers(mine, start) == in_ours
        assert covers(yours, start) == in_theirs
        assert covers(shared, start) == (in_ours and in_theirs)
    for windows in (mine, shared):
        assert all(before.high < after.low for before, after in pairwise(windows))
