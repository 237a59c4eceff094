"""The care page's timeline: the advice of one visit with real dates and hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bookings.availability.hours import local_day
from bookings.availability.offsets import DAY
from bookings.care.due import TAKES_PLACE, Rows
from bookings.care.visit import HOUR, Visit
from bookings.enums import State

# Who waits for an answer may already prepare.
HAS_ADVICE = TAKES_PLACE | {State.REQUESTED}


@dataclass(frozen=True, slots=True)
class Advice:
    """A row with its times, in the location's zone: compare them in UTC, as wall clocks run backward in autumn.

    From `starts` up to `until`; None is open: at all times before a visit, for no fixed time after one. `words` say
    until when where the clock cannot. `key` is that of the message that tells it.
    """

    text: str
    reason: str
    is_do: bool
    key: str
    starts: datetime | None = None
    until: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The visit from `start` to `end` (the true one once known), local; advice before that day, on it, and after it."""

    start: datetime
    end: datetime
    before: tuple[Advice, ...] = ()
    day: tuple[Advice, ...] = ()
    after: tuple[Advice, ...] = ()


def timeline(visit: Visit, *, preparation: Rows, aftercare: Rows) -> Timeline:
    """The advice by time, then in page order; none for a visit that will not or did not take place.

    Before: what holds at all times first, then by the day it begins. After: what ends first, then what has no end.
    """
    start, end = visit.start.astimezone(visit.zone), visit.over.astimezone(visit.zone)
    if visit.state not in HAS_ADVICE:
        return Timeline(start, end)
    rows = sorted(preparation, key=lambda row: (row["days_before"] is not None, -(row["days_before"] or 0)))
    afterwards = sorted(aftercare, key=lambda row: (not row["hours"], row["hours"] or 0))
    return Timeline(
        start,
        end,
        before=tuple(_before(row, visit) for row in rows if row["days_before"] != 0),
        day=tuple(_before(row, visit) for row in rows if row["days_before"] == 0),
        after=tuple(_after(row, visit) for row in afterwards),
    )


def _before(row: Mapping[str, Any], visit: Visit) -> Advice:
    """From the first instant of its local day to the start of the visit."""
    days = row["days_before"]
    if days is None:
        return Advice(row["text"], row["reason"], row["is_do"], "preparation:always")
    since = local_day(visit.day - days * DAY, visit.zone).start
    return Advice(
        row["text"],
        row["reason"],
        row["is_do"],
        f"preparation:{days}",
        starts=since.astimezone(visit.zone),
        until=visit.start.astimezone(visit.zone),
    )


def _after(row: Mapping[str, Any], visit: Visit) -> Advice:
    """From the end of the visit, for as many hours as really pass."""
    until = visit.over + row["hours"] * HOUR if row["hours"] else None
    return Advice(
        row["text"],
        row["reason"],
        row["is_do"],
        "aftercare",
        starts=visit.over.astimezone(visit.zone),
        until=until.astimezone(visit.zone) if until else None,
        words=row["until"],
    )
