"""From weekly opening hours on the wall clock to instants in UTC, exact through clock changes."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .intervals import Interval, merge
from .offsets import DAY, Stretch, steady_offsets

MIDNIGHT = time(0)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Wall-clock hours [starts, ends) on one weekday: 0 Monday … 6 Sunday, as `date.weekday()` counts.

    `ends` 00:00 is the midnight that closes the day; both validity dates are inclusive, None is unlimited.
    `every` 2…4 works each second … fourth calendar week from the one that holds `valid_from`, which it needs.
    ValueError for hours or a validity that end before they start, another weekday, or times with a zone.
    """

    weekday: int
    starts: time
    ends: time
    valid_from: date | None = None
    valid_to: date | None = None
    every: int = 1
    week_starts_on: int = 0

    def __post_init__(self) -> None:
        for weekday in (self.weekday, self.week_starts_on):
            if not 0 <= weekday <= 6:
                raise ValueError(f"weekday must be 0 (Monday) … 6 (Sunday), not {weekday}")
        if self.starts.tzinfo or self.ends.tzinfo:
            raise ValueError("weekly hours are wall-clock times: leave the zone to the caller")
        if self.ends <= self.starts and self.ends != MIDNIGHT:
            raise ValueError(f"hours must end after they start: {self.starts} … {self.ends}")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"validity must not end before it starts: {self.valid_from} … {self.valid_to}")

        if not 1 <= self.every <= 4:
            raise ValueError(f"hours must come every week to every fourth week, not every {self.every}")
        if self.every > 1 and self.valid_from is None:
            raise ValueError("hours that skip weeks must say from which week: valid_from")

    def days(self, first: date, last: date) -> Iterator[date]:
        """The dates in `first`…`last`, inclusive, on which these hours apply, in order."""
        first = max(first, self.valid_from or first)
        last = min(last, self.valid_to or last)
        if first <= last:
            day = first + timedelta(days=(self.weekday - first.weekday()) % 7)
            day += WEEK * self._weeks_to_wait(day)
            while day <= last:
                yield day
                day += WEEK * self.every

    def _weeks_to_wait(self, day: date) -> int:
        """How many weeks after that of `day` the next one worked comes."""
        if self.every == 1 or self.valid_from is None:
            return 0
        # Whole calendar weeks are counted, so that Monday and Friday hours valid from a Wednesday share their weeks.
        first_week = self.valid_from - timedelta(days=(self.valid_from.weekday() - self.week_starts_on) % 7)
        return -((day - first_week).days // 7) % self.every


def working_intervals(hours: Iterable[WeeklyHours], *, first: date, last: date, zone: ZoneInfo) -> list[Interval]:
    """The UTC instants worked on the local days `first`…`last`, inclusive, in normal form.

    An instant is worked if some row applies to its local date in `zone` and holds its wall-clock time: an
    autumn hour that happens twice counts twice, a spring hour that never happens does not count.
    """
    stretches = steady_offsets(zone, first, last)
    return merge(
        part
        for row in hours
        for day in row.days(first, last)
        for part in _instants(day, row.starts, row.ends, stretches)
    )


def days_worked(intervals: Collection[Interval], zone: ZoneInfo, first: date, last: date) -> set[date]:
    """The local days among `first`…`last`, inclusive, that hold an instant of `intervals`."""
    days: set[date] = set()
    for start, end, offset in steady_offsets(zone, first, last):
        for interval in intervals:
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
        begin, finish = max(opens - offset, start), min(closes - offset, end)
        if begin < finish:
            yield Interval(begin, finish)
