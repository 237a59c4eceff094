"""Which days, and whose, make a chain of visits: back from the end to see what can be finished, then forward."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from .intervals import as_utc
from .offsets import DAY, Stretch, steady_offsets

Owner = TypeVar("Owner", bound=Hashable)
Days = dict[date, list[datetime]]  # the starts of each local day: both in order, no day empty
Window = tuple[date, date | None]  # local days, both included; None is open


def by_day(
    free: Mapping[Owner, Sequence[datetime]], *, since: datetime, until: datetime, zone: ZoneInfo
) -> dict[Owner, Days]:
    """The sorted starts between `since` and `until`, both left out, by local day in `zone`; owners without are dropped.

    Aware in, UTC out. ValueError if a start is naive.
    """
    between = {}
    for owner, starts in free.items():
        utc = list(map(as_utc, starts))
        if utc := utc[bisect_right(utc, since) : bisect_left(utc, until)]:
            between[owner] = utc
    if not between:
        return {}
    first, last = min(starts[0] for starts in between.values()), max(starts[-1] for starts in between.values())
    stretches = steady_offsets(zone, first.date(), last.date())
    return {owner: _cut(starts, stretches) for owner, starts in between.items()}


class Reach(NamedTuple):
    """The days from which a chain can be finished, in order, and the latest start on each that allows it."""

    days: list[date]
    latest: dict[date, datetime]

    def first(self, window: Window, since: datetime) -> date | None:
        """The first day in `window` with such a start later than `since`."""
        low, high = window
        for index in range(bisect_left(self.days, low), len(self.days)):
            day = self.days[index]
            if high is not None and high < day:
                return None
            if since < self.latest[day]:
                return day
        return None

    def last(self, window: Window) -> datetime | None:
        """The latest such start in `window`."""
        low, high = window
        index = len(self.days) if high is None else bisect_right(self.days, high)
        return self.latest[self.days[index - 1]] if index and low <= self.days[index - 1] else None


def chain_of_days(
    diary: Mapping[Owner, Days],
    length: int,
    windows: Mapping[date, Window],
    *,
    origin: Window,
    since: datetime,
    end: Reach | None,
) -> list[tuple[date, Owner]] | None:
    """The days of `length` visits and whose they are: fewest changes of owner, then earliest days. None only if none.

    The first is in `origin` and after `since`; `windows` says for each day where the next may be; `end`, if given,
    must still be reached. An owner stays while they can; where there is a choice the first in `diary` gets it.
    """
    # Element n: where each owner can finish the chain if at most n changes of owner are still to come.
    levels: list[dict[Owner, list[Reach]]] = []
    others: list[Reach] = []
    while diary:
        levels.append({})
        for owner, own in diary.items():
            levels[-1][owner] = _reaches(own, length, windows, others, end)
            if levels[-1][owner][-1].first(origin, since):
                return _forward(levels, owner, diary, windows, origin, since)
        wider = [_union(found) for found in zip(*levels[-1].values(), strict=True)]
        if wider == others:
            break  # one more change opens no further day
        others = wider
    return None


def _forward(
    levels: Sequence[Mapping[Owner, Sequence[Reach]]],
    owner: Owner,
    diary: Mapping[Owner, Days],
    windows: Mapping[date, Window],
    window: Window,
    since: datetime,
) -> list[tuple[date, Owner]]:
    """Along the earliest days; `owner` has the first. What is reached with the changes left never runs dry."""
    changes, found = len(levels) - 1, []
    for left in reversed(range(len(levels[0][owner]))):
        day = levels[changes][owner][left].first(window, since)
        if day is None:
            changes -= 1
            day, owner = next(
                (first, other)
                for other, reaches in levels[changes].items()
                if (first := reaches[left].first(window, since))
            )
        found.append((day, owner))
        starts = diary[owner][day]
        since, window = starts[bisect_right(starts, since)], windows[day]
    return found


def _reaches(
    own: Days, length: int, windows: Mapping[date, Window], others: Sequence[Reach], end: Reach | None
) -> list[Reach]:
    """Element n: where one owner's start can be followed by n more, their own or, after a change, from `others`."""
    #   From the last back: a day is good if its window holds a day that is good for what follows.
    #
    #   free                 ●     ●        ●              ●     ●
    #   0 follow             ●     ●        ●              ●     ●
    #   1 follows            ●     ●─├──────┤ no: ├──────┤ ●
    #
    # What is good on a day is good until its latest start only: with no least gap, the next may be on the same day.
    found: list[Reach] = []
    for n in range(length):
        ahead = [found[-1], *others[n - 1 : n]] if n else [end] if end else None
        latest = {}
        if ahead is None:
            latest = {day: starts[-1] for day, starts in own.items()}
        elif ahead := [reach for reach in ahead if reach.days]:
            for day, starts in own.items():
                limits = [limit for reach in ahead if (limit := reach.last(windows[day]))]
                if limits and (index := bisect_left(starts, max(limits))):
                    latest[day] = starts[index - 1]
        found.append(Reach(list(latest), latest))
    return found


def _union(found: Iterable[Reach]) -> Reach:
    """Where any one of them can be finished."""
    latest: dict[date, datetime] = {}
    for reach in found:
        for day, start in reach.latest.items():
            if day not in latest or latest[day] < start:
                latest[day] = start
    return Reach(sorted(latest), latest)


def _cut(starts: Sequence[datetime], stretches: Iterable[Stretch]) -> Days:
    """One owner's starts by local day, without asking the zone again for each of them."""
    #   stretches   ──── +02:00 ──────────┤├── +01:00 ────
    #   midnights        ┆           ┆           ┆
    #   starts        ● ●  ● ●  ● ●    ● ● ● ●     ●         one bisection a piece
    days: Days = {}
    index = 0
    for stretch in stretches:
        while index < len(starts) and starts[index] < stretch.end:
            day = (starts[index] + stretch.offset).date()
            midnight = datetime.combine(day, time.min, UTC) + DAY - stretch.offset
            stop = bisect_left(starts, min(midnight, stretch.end), lo=index)
            days.setdefault(day, []).extend(starts[index:stop])
            index = stop
    return days
