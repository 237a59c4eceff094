"""A slow second opinion: ask zoneinfo for the wall time of every single minute.

It shares no code with `bookings.availability`; of its types it reads the fields only.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from bookings.availability.hours import WeeklyHours
    from bookings.availability.slots import Visit

MINUTE = timedelta(minutes=1)
Span = tuple[datetime, datetime]


def minutes(spans: Iterable[Span]) -> set[datetime]:
    """Every UTC minute in the half-open spans, which start and end on whole minutes."""
    found: set[datetime] = set()
    for start, end in spans:
        found.update(start + n * MINUTE for n in range((end - start) // MINUTE))
    return found


def runs(found: Collection[datetime]) -> list[Span]:
    """The set of minutes as sorted spans that neither overlap nor touch."""
    starts = [minute for minute in sorted(found) if minute - MINUTE not in found]
    ends = [minute + MINUTE for minute in sorted(found) if minute + MINUTE not in found]
    return list(zip(starts, ends, strict=True))


@lru_cache(maxsize=16)
def wall_clock(first: date, last: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """(UTC minute, wall time) for each minute whose local date in `zone` is in first…last, inclusive."""
    minute = datetime.combine(first - timedelta(days=1), time(), UTC)
    found = []
    while minute.date() <= last + timedelta(days=1):
        wall = minute.astimezone(zone)
        if first <= wall.date() <= last:
            found.append((minute, wall))
        minute += MINUTE
    return found


def worked(rows: Collection["WeeklyHours"], first: date, last: date, zone: ZoneInfo) -> set[datetime]:
    """The UTC minutes at which some row is open."""
    return {minute for minute, wall in wall_clock(first, last, zone) if any(_open(row, wall) for row in rows)}


def _open(row: "WeeklyHours", wall: datetime) -> bool:
    if wall.weekday() != row.weekday:
        return False
    if row.valid_from is not None and wall.date() < row.valid_from:
        return False
    if row.valid_to is not None and wall.date() > row.valid_to:
        return False
    if row.every > 1 and _weeks_apart(row.valid_from, wall.date(), row.week_starts_on) % row.every:
        return False
    return row.starts <= wall.time() and (row.ends == time() or wall.time() < row.ends)


def _weeks_apart(earlier: date | None, later: date, week_starts_on: int) -> int:
    """How often a new week begins after `earlier`, up to and including `later`: counted day by day."""
    assert earlier is not None
    begun, day = 0, earlier
    while day < later:
        day += timedelta(days=1)
        begun += day.weekday() == week_starts_on
    return begun


def days(found: Iterable[datetime], first: date, last: date, zone: ZoneInfo) -> set[date]:
    """The local dates in first…last, inclusive, of the UTC minutes."""
    return {day for minute in found if first <= (day := minute.astimezone(zone).date()) <= last}


def starts(free: set[datetime], visit: "Visit", zone: ZoneInfo, earliest: datetime, latest: datetime) -> list[datetime]:
    """The UTC minutes in [earliest, latest] on the wall-clock grid whose whole claim is free."""
    step, before = visit.step // MINUTE, visit.before // MINUTE
    length = (visit.duration + visit.after) // MINUTE
    found = []
    for minute in sorted(free):  # a visit lasts, so its start is itself a free minute
        wall = minute.astimezone(zone)
        on_grid = (wall.hour * 60 + wall.minute) % step == 0 and earliest <= minute <= latest
        if on_grid and all(minute + n * MINUTE in free for n in range(-before, length)):
            found.append(minute)
    return found


def clock_changes(zone: ZoneInfo, year: int) -> list[tuple[datetime, timedelta]]:
    """(first instant after, how far the clock jumped) for each change of `zone` in a UTC year."""
    found = []
    instant = datetime(year, 1, 1, tzinfo=UTC)
    while instant.year == year:
        jump = _offset(zone, instant) - _offset(zone, instant - MINUTE)
        if jump:
            found.append((instant, jump))
        instant += 15 * MINUTE
    return found


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return offset
