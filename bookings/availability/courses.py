"""Courses: chains of visits whose local days lie a smallest and a largest gap apart."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from typing import Generic
from zoneinfo import ZoneInfo

from .intervals import as_utc
from .offsets import DAY
from .reach import Owner, Reach, Window, by_day, chain_of_days

FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Gap:
    """From one session's local day to the next: at least `least` and at most `most` (None: open) units.

    `unit` is "day", "week" or "month": a calendar month, the day clamped to the month's end.
    ValueError for another unit, a negative gap, or `most` below `least`.
    """

    least: int
    most: int | None
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in ("day", "week", "month"):
            raise ValueError(f"a gap is counted in day, week or month, not {self.unit}")
        if self.least < 0 or (self.most is not None and self.most < self.least):
            raise ValueError(f"a gap must not be negative or end before it starts: {self.least} … {self.most}")

    def window(self, day: date) -> Window:
        """The first and the last local day, inclusive, of a session that follows one on `day`; None is open."""
        return self._add(day, self.least), None if self.most is None else self._add(day, self.most)

    def allows(self, day: date, after: date) -> bool:
        """Whether a session on `day` may be followed by one on `after`: the earlier day comes first."""
        first, last = self.window(day)
        return first <= after and (last is None or after <= last)

    def _add(self, day: date, count: int) -> date:
        if self.unit != "month":
            return day + count * (7 if self.unit == "week" else 1) * DAY
        #   28 January ──┐
        #      …         ├──▶ 28 February   a month later
        #   31 January ──┘
        years, month = divmod(day.month - 1 + count, 12)
        year, month = day.year + years, month + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Breach:
    """Two neighbouring sessions whose distance the plan does not allow.

    `number` is the later one's, from 1; `days` are calendar days, negative if it is on an earlier day than the other.
    """

    number: int
    days: int
    too_close: bool


@dataclass(frozen=True, slots=True)
class Session(Generic[Owner]):
    """One visit of a course: when it starts (aware; what is proposed is in UTC) and whose it is."""

    start: datetime
    owner: Owner

    def wall(self, zone: ZoneInfo) -> datetime:
        """Its local day and clock time in `zone`. ValueError if its start is naive."""
        return as_utc(self.start).astimezone(zone)


def breaches(days: Sequence[date | None], gap: Gap) -> list[Breach]:
    """Where sessions on these days, in their order, break the gap; past a cancelled one (None) neighbours meet."""
    #   sessions   1 ──── 2 ──── 3 ──── 4
    #   2 moved    1 ─────── 2 ─ 3 ──── 4      3 is too close to 2
    #   cancelled  1 ─────────── 3 ──── 4      3 is compared with 1
    kept = [(number, day) for number, day in enumerate(days, start=1) if day]
    return [
        Breach(number, (later - day).days, too_close=later < gap.window(day)[0])
        for (_, day), (number, later) in pairwise(kept)
        if not gap.allows(day, later)
    ]


def propose(
    free: Mapping[Owner, Sequence[datetime]],
    *,
    sessions: int,
    gap: Gap,
    zone: ZoneInfo,
    preferred: Sequence[Owner] = (),
    before: Session[Owner] | None = None,
    after: Session[Owner] | None = None,
    near: time | None = None,
) -> list[Session[Owner]] | None:
    """A chain of `sessions` out of each owner's sorted `free` starts, in time order; None only if there is none.

    The gap also holds from `before` and to `after`. Whose: fewest changes of owner; one stays while they can, else the
    first who can of `preferred`, `before`'s, `after`'s, `free`. When: the earliest days, then the clock time nearest
    to `near`, else to that of `before`, else of the first session. ValueError for less than one session.
    """
    if sessions < 1:
        raise ValueError(f"a chain has at least one session, not {sessions}")
    order = dict.fromkeys([*preferred, *(fixed.owner for fixed in (before, after) if fixed), *free])
    since, until = as_utc(before.start) if before else FIRST, as_utc(after.start) if after else LAST
    diary = by_day({owner: free.get(owner, ()) for owner in order}, since=since, until=until, zone=zone)
    days = chain_of_days(
        diary,
        sessions,
        {day: gap.window(day) for own in diary.values() for day in own},
        origin=gap.window(before.wall(zone).date()) if before else (date.min, None),
        since=since,
        end=Reach([after.wall(zone).date()], {after.wall(zone).date(): until}) if after else None,
    )
    if days is None:
        return None
    if before and near is None:
        near = before.wall(zone).time()
    # Back once more for the latest start each may have: it only matters where sessions share a day.
    limits = []
    for day, owner in reversed(days):
        until = diary[owner][day][bisect_left(diary[owner][day], until) - 1]
        limits.append(until)
    chain: list[Session[Owner]] = []
    for (day, owner), limit in zip(days, reversed(limits), strict=True):
        possible = [Session(start, owner) for start in diary[owner][day] if since < start <= limit]
        chosen = possible[0] if near is None else min(possible, key=partial(_off, near, zone))
        near = near or chosen.wall(zone).time()
        since = chosen.start
        chain.append(chosen)
    return chain


def mend(
    fixed: Sequence[Session[Owner] | None],
    moved: int,
    free: Mapping[Owner, Sequence[datetime]],
    *,
    gap: Gap,
    zone: ZoneInfo,
    preferred: Sequence[Owner] = (),
) -> list[Session[Owner] | None] | None:
    """The course after its session with index `moved` got a new time: as few later ones as possible get one too.

    `fixed` is the course in order, None where cancelled; `free` includes the times it holds itself. All up to `moved`
    stay; from the one before it on, no gap is broken. Who is new: `preferred`, else whose session it was; clock times
    stay near. None if that cannot be, ValueError if `moved` was cancelled.
    """
    #   moved     1 ──── 2 ─────── 3 ─ 4 ──── 5      4 is too close to 3
    #   mended    1 ──── 2 ─────── 3 ──── 4'─ 5      if 5 may follow so soon, else
    #             1 ──── 2 ─────── 3 ──── 4'──── 5'
    if fixed[moved] is None:
        raise ValueError(f"session {moved} was cancelled: there is nothing to mend around")
    earlier, course = [each for each in fixed[:moved] if each], [each for each in fixed[moved:] if each]
    fits = partial(_fits, gap, zone)
    if not fits([*earlier[-1:], course[0]]):
        return None
    if fits(course):
        return list(fixed)
    for length in range(1, len(course)):
        for begin in range(1, len(course) - length + 1):
            head, old, tail = course[:begin], course[begin : begin + length], course[begin + length :]
            if not (fits(head) and fits(tail)):
                continue
            whose = [*preferred, *(each.owner for each in old)]
            after, near = tail[0] if tail else None, old[0].wall(zone).time()
            new = propose(
                free, sessions=length, gap=gap, zone=zone, preferred=whose, before=head[-1], after=after, near=near
            )
            if new:
                mended = iter([*earlier, *head, *new, *tail])
                return [each and next(mended) for each in fixed]
    return None


def _fits(gap: Gap, zone: ZoneInfo, course: Sequence[Session[Owner]]) -> bool:
    """Whether sessions, none cancelled, come one after the other and keep the gap."""
    walls = [each.wall(zone) for each in course]
    days = [wall.date() for wall in walls]
    # Instants, not walls: these run backward in the autumn hour that happens twice.
    return not breaches(days, gap) and all(as_utc(a) < as_utc(b) for a, b in pairwise(walls))


def _off(near: time, zone: ZoneInfo, session: Session[Owner]) -> timedelta:
    """How far the clock time of a session is from `near`, within its day."""
    wall = session.wall(zone).replace(tzinfo=None)
    return abs(wall - datetime.combine(wall, near))
