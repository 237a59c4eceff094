"""Which times are free: the one answer that both the calendar and the booking action use."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bookings.enums import PartOfDay
from bookings.queries.diary import read_diary
from bookings.queries.wish import Wish
from clinic.models import Practitioner

DAY = timedelta(days=1)
FIRST_LOOK = 13  # days besides the first


class Opening(NamedTuple):
    """Who is free for one start, the least booked that day first, and the keys of the free rooms of each kind."""

    people: list[Practitioner]
    rooms: list[list[int]]


def offered(wish: Wish, start: datetime, *, now: datetime) -> Opening | None:
    """Who and what can be booked for exactly this start (aware); None if nothing can."""
    day = start.astimezone(wish.location.zone).date()
    diary = read_diary(wish, first=day, last=day, now=now)
    people = diary.offers().get(start)
    return Opening(people, diary.rooms_at(start)) if people else None


def next_free(wish: Wish, *, now: datetime, after: date | None = None) -> datetime | None:
    """The first start that can be booked within the type's horizon (later than the local day `after`), or None.

    Looks at two weeks, then at twice as many days each time: where there is a free time it is found in the first
    reading as a rule, and where there is none it takes few.
    """
    earliest, latest = wish.days(now)
    first, days = max(earliest, after + DAY) if after else earliest, FIRST_LOOK
    while first <= latest:
        last = min(first + days * DAY, latest)
        if starts := read_diary(wish, first=first, last=last, now=now).starts():
            return starts[0]
        first, days = last + DAY, days * 2
    return None


def narrowed(wish: Wish, **changes: object) -> Wish:
    return replace(wish, **changes)  # type: ignore[arg-type]


def part_of_day(local: datetime) -> PartOfDay:
    """Morning ends at noon, the afternoon at five."""
    if local.time() < time(12):
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if local.time() < time(17) else PartOfDay.EVENING
