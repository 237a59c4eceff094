"""Sets of possible starts, held as lists of closed windows in UTC.

A person's free time becomes windows in which a visit may start (`slots.start_windows`). Windows of several people are
merged, those of people and of rooms intersected; only what is left is cut into single starts (`slots.starts_in`).
A set in normal form is sorted and its windows share no instant; every function here returns normal form.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from .intervals import as_utc

BY_LOW = attrgetter("low")


class Window(NamedTuple):
    """The instants from `low` to `high`, both in UTC and both included; a single instant if they are equal."""

    low: datetime
    high: datetime


def merge_windows(windows: Iterable[Window]) -> list[Window]:
    """When any of them is open: the union, overlapping and touching windows joined. Takes any order."""
    ordered = sorted(windows, key=BY_LOW)
    merged = ordered[:1]
    for window in ordered:
        last = merged[-1]
        if last.high < window.low:
            merged.append(window)
        elif last.high < window.high:
            merged[-1] = Window(last.low, window.high)
    return merged


def intersect_windows(ours: Sequence[Window], theirs: Sequence[Window]) -> list[Window]:
    """When both are open, as for a practitioner and a room. Takes normal form."""
    #   ours     ├──────┤   ├───────────┤
    #   theirs      ├──────────┤  ├──┤  ├──┤
    #   out         ├───┤   ├──┤  ├──┤  │      the last one is a single instant
    shared: list[Window] = []
    mine = yours = 0
    while mine < len(ours) and yours < len(theirs):
        low = max(ours[mine].low, theirs[yours].low)
        high = min(ours[mine].high, theirs[yours].high)
        if low <= high:
            shared.append(Window(low, high))
        if ours[mine].high < theirs[yours].high:
            mine += 1
        else:
            yours += 1
    return shared


def covers(windows: Sequence[Window], start: datetime) -> bool:
    """Whether a visit may start at `start` (aware). Takes normal form. ValueError if naive."""
    start = as_utc(start)
    index = bisect_right(windows, start, key=BY_LOW)
    return index > 0 and start <= windows[index - 1].high
