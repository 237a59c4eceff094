"""Sets of time, held as lists of half-open intervals in UTC.

A set in normal form is sorted and its intervals neither overlap nor touch. Every function here takes any
iterables and returns normal form, in one sweep after sorting.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter


def as_utc(moment: datetime) -> datetime:
    """The same instant in UTC. ValueError if `moment` is naive."""
    if moment.tzinfo is UTC:
        return moment
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} is naive: an instant needs a time zone")
    return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The instants from `start` up to, not including, `end`; ordered by start, then end.

    Takes aware datetimes of any zone and keeps them in UTC. ValueError if naive, empty or backward.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        # Convert before comparing: Python compares two datetimes of one zone by their wall clocks,
        # which run backward in the autumn hour that happens twice.
        object.__setattr__(self, "start", as_utc(self.start))
        object.__setattr__(self, "end", as_utc(self.end))
        if self.end <= self.start:
            raise ValueError(f"an interval must end after it starts: {self.start} … {self.end}")

    @property
    def duration(self) -> timedelta:
        """The time that really passes, clock changes included; always positive."""
        return self.end - self.start

    def overlaps(self, other: "Interval") -> bool:
        """Whether they share an instant; touching is not overlapping."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Interval") -> bool:
        """Whether every instant of `other` lies in this interval; an interval covers itself."""
        return self.start <= other.start and other.end <= self.end


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """The union in normal form: sorted, overlapping and touching intervals joined."""
    #   in   ├────┤      ├──┤├──┤   ├─────────┤
    #           ├────┤                ├───┤
    #   out  ├───────┤   ├──────┤   ├─────────┤
    #         overlap     touch       inside
    merged: list[Interval] = []
    for interval in sorted(intervals, key=attrgetter("start")):
        if not merged or merged[-1].end < interval.start:
            merged.append(interval)
        elif merged[-1].end < interval.end:
            merged[-1] = Interval(merged[-1].start, interval.end)
    return merged


def subtract(intervals: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """What is left of `intervals` outside `taken`, in normal form."""
    #   intervals  ├───────────┤   ├────┤  ├────┤   ├────┤
    #   taken        ├──┤  ├────────┤        ├─────┤  ├──┤
    #   out        ├─┤  ├──┤        ├───┤  ├─┤      ├─┤
    left: list[Interval] = []
    blocks = merge(taken)
    index = 0
    for interval in merge(intervals):
        cursor = interval.start
        while index < len(blocks) and blocks[index].end <= cursor:
            index += 1
        while index < len(blocks) and blocks[index].start < interval.end:
            if cursor < blocks[index].start:
                left.append(Interval(cursor, blocks[index].start))
            cursor = blocks[index].end
            if cursor >= interval.end:
                break  # this block may reach into the next interval too, so it stays
            index += 1
        if cursor < interval.end:
            left.append(Interval(cursor, interval.end))
    return left
