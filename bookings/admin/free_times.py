"""Free times as staff see them: two weeks, each day with its times."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.utils.formats import date_format

from bookings.availability.slots import nearest
from bookings.queries.diary import read_diary
from bookings.queries.wish import Wish

DAYS = 14
NEAREST = 6


class Time(NamedTuple):
    """A start (aware), and how it is read on the clock of the location."""

    start: datetime
    words: str


@dataclass(frozen=True)
class FreeTimes:
    """The free times between two local days, both included, by day; days without any are left out."""

    first: date
    last: date
    days: list[tuple[date, list[Time]]]
    earlier: date | None

    @property
    def later(self) -> date:
        return self.last + timedelta(days=1)


def free_times(wish: Wish, first: date | None, *, now: datetime) -> FreeTimes:
    """Two weeks of free times from `first` on, or from the first day on which the wish can be fulfilled."""
    zone = wish.location.zone
    earliest, latest = wish.days(now)
    first = min(max(first or earliest, earliest), latest)
    last = min(first + timedelta(days=DAYS - 1), latest)
    starts = read_diary(wish, first=first, last=last, now=now).starts()
    clocks = [(start, start.astimezone(zone)) for start in starts]
    by_day = groupby(clocks, key=lambda pair: pair[1].date())
    earlier = max(earliest, first - timedelta(days=DAYS)) if first > earliest else None
    return FreeTimes(first, last, [(day, in_words(list(pairs))) for day, pairs in by_day], earlier)


def in_words(pairs: list[tuple[datetime, datetime]]) -> list[Time]:
    """A day's times; where the clock shows one twice, because it is set back, each names its zone."""
    shown = [f"{local:%H:%M}" for _start, local in pairs]
    return [
        Time(start, f"{clock} {local.tzname()}" if shown.count(clock) > 1 else clock)
        for (start, local), clock in zip(pairs, shown, strict=True)
    ]


def nearest_times(wish: Wish, lost: datetime, *, now: datetime) -> list[Time]:
    """The free times nearest to one that is gone, with their days."""
    zone = wish.location.zone
    day = lost.astimezone(zone).date()
    starts = read_diary(wish, first=day - timedelta(days=7), last=day + timedelta(days=7), now=now).starts()
    found = [(start, start.astimezone(zone)) for start in nearest(starts, lost, NEAREST)]
    return [Time(start, f"{date_format(local, 'D j M, H:i')} {local.tzname()}") for start, local in found]
