"""From weekly opening hours on the wall clock to instants in UTC, exact through clock changes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .intervals import Interval, known, merge
from .offsets import DAY, Stretch, steady_offsets
from .weekly import MIDNIGHT, WeeklyHours


def working_intervals(hours: Iterable[WeeklyHours], *, first: date, last: date, zone: ZoneInfo) -> list[Interval]:
    """The UTC instants worked on the local days `first`…`last`, inclusive, in normal form.

    An instant is worked if some row applies to its local date in `zone` and holds its wall-clock time: an
    autumn hour that happens twice counts twice, a spring hour that never happens does not count.
    """
    return list(_worked(tuple(hours), first, last, zone))


# Many visitors look at the same month, and many people keep the same hours.
@lru_cache(maxsize=512)
def _worked(hours: tuple[WeeklyHours, ...], first: date, last: date, zone: ZoneInfo) -> list[Interval]:
    stretches = steady_offsets(zone, first, last)
    return merge(
        part
        for row in hours
        for day in row.days(first, last)
        for part in _instants(day, row.starts, row.ends, stretches)
    )


def days_worked(intervals: Iterable[Interval], zone: ZoneInfo, first: date, last: date) -> set[date]:
    """The local days among `first`…`last`, inclusive, that hold an instant of `intervals`, in any order."""
    days: set[date] = set()
    merged = merge(intervals)
    for start, end, offset in steady_offsets(zone, first, last):
        for interval in merged:
            begin, finish = max(interval.start, start), min(interval.end, end)
            if begin < finish:
                day, until = (begin + offset).date(), (finish + offset - timedelta.resolution).date()
                while day <= until:
                    days.add(day)
                    day += DAY
    return {day for day in days if first <= day <= last}


def local_day(day: date, zone: ZoneInfo) -> Interval:
    """`day` in `zone` from its first instant to its last, in UTC: 23 to 25 hours, sometimes not from 00:00.

    ValueError for a date the zone skipped, as Samoa did 30 December 2011.
    """
    # Where clocks once went back just after midnight a date came in two pieces; the hull holds both.
    pieces = list(_instants(day, MIDNIGHT, MIDNIGHT, steady_offsets(zone, day, day)))
    if not pieces:
        raise ValueError(f"{day} never happened in {zone}")
    return Interval(pieces[0].start, pieces[-1].end)


def _instants(day: date, starts: time, ends: time, stretches: Iterable[Stretch]) -> Iterator[Interval]:
    """The instants at which a wall clock shows `day` and a time in [starts, ends), in order."""
    # The window is written down as if the wall clock were UTC, then moved by each stretch's offset and
    # clipped to it. Clocks go back an hour inside the window (two pieces, touching, both count):
    #
    #   stretches   ──── +02:00 ────┤├──── +01:00 ────
    #   window        ├────────────────┤                 as seen at +02:00
    #                       ├────────────────┤           as seen at +01:00
    #   out           ├─────────────┤├───────┤
    opens = datetime.combine(day, starts, UTC)
    closes = datetime.combine(day, ends, UTC)
    if ends == MIDNIGHT:
        closes += DAY
    for start, end, offset in stretches:
        begin, finish = opens - offset, closes - offset
        if begin < start:
            begin = start
        if finish > end:
            finish = end
        if begin < finish:
            yield known((begin, finish))
