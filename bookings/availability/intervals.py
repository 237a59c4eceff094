"""Sets of time, held as lists of half-open intervals in UTC.

A set in normal form is sorted and its intervals neither overlap nor touch. Every function here takes any
iterables and returns normal form, in one sweep after sorting.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import NamedTuple


def as_utc(moment: datetime) -> datetime:
    """The same instant in UTC. ValueError if `moment` is naive."""
    if moment.tzinfo is UTC:
        return moment
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} is naive: an instant needs a time zone")
    return moment.astimezone(UTC)


class _Ends(NamedTuple):
    start: datetime
    end: datetime


class Interval(_Ends):
    """The instants from `start` up to, not including, `end`; ordered by start, then end.

    Takes aware datetimes of any zone and keeps them in UTC. ValueError if naive, empty or backward.
    """

    __slots__ = ()

    def __new__(cls, start: datetime, end: datetime) -> "Interval":
        # Convert before comparing: Python compares two datetimes of one zone by their wall clocks,
        # which run backward in the autumn hour that happens twice.
        start, end = as_utc(start), as_utc(end)
        if end <= start:
            raise ValueError(f"an interval must end after it starts: {start} … {end}")
        return tuple.__new__(cls, (start, end))

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


# An interval from a pair of UTC datetimes known to be in order: unchecked, for sweeps over thousands.
known: Callable[[tuple[datetime, datetime]], Interval] = partial(tuple.__new__, Interval)


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """The union in normal form: sorted, overlapping and touching intervals joined."""
    #   in   ├────┤      ├──┤├──┤   ├─────────┤
    #           ├────┤                ├───┤
    #   out  ├───────┤   ├──────┤   ├─────────┤
    #         overlap     touch       inside
    ordered = sorted(intervals)
    merged = ordered[:1]
    for interval in ordered:
        last = merged[-1]
        if last.end < interval.start:
            merged.append(interval)
        elif last.end < interval.end:
            merged[-1] = known((last.start, interval.end))
    return merged


def subtract(intervals: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """What is left of `intervals` outside `taken`, in normal form."""
    #   intervals  ├───────────┤   ├────┤  ├────┤   ├────┤
    #   taken        ├──┤  ├────────┤        ├─────┤  ├──┤
    #   out        ├─┤  ├──┤        ├───┤  ├─┤      ├─┤
    left: list[Interval] = []
    blocks = sorted(taken)
    index = 0
    for cursor, end in merge(intervals):
        while index < len(blocks):
            blocked, until = blocks[index]
            if blocked >= end:
                break
            if cursor < blocked:
                left.append(known((cursor, blocked)))
            if cursor < until:
                cursor = until
            if cursor >= end:
                break  # this block may reach into the next interval too, so it stays
            index += 1
        if cursor < end:
            left.append(known((cursor, end)))
    return left
