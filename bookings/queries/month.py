"""A month of a diary as a calendar shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bookings.availability.calendar import month_weeks
from bookings.queries.diary import Diary, read_diary
from bookings.queries.openings import next_free
from bookings.queries.wish import Wish


class Day(Enum):
    """What a day of the calendar says."""

    FREE = "free"
    FULL = "full"
    CLOSED = "closed"
    TOO_EARLY = "too_early"
    TOO_FAR = "too_far"


@dataclass(frozen=True)
class Cell:
    """One day of the calendar; `count` is the number of free times."""

    day: date
    status: Day
    count: int
    in_month: bool


@dataclass(frozen=True)
class Month:
    """A month as the calendar shows it: first day, starts, weeks of cells, and the next free start of all."""

    first: date
    diary: Diary
    starts: list[datetime]
    weeks: list[list[Cell]]
    soonest: datetime | None


def read_month(wish: Wish, first: date | None, *, now: datetime) -> Month:
    """The month that begins on `first`; without one, that of the next free start."""
    earliest, _latest = wish.days(now)
    wanted = first or earliest.replace(day=1)
    month = month_of(wish, wanted, now=now)
    # Where the calendar shows the first days that can be booked, the next free start is among its own, or after them.
    first_shown, last_shown = month.weeks[0][0].day, month.weeks[-1][-1].day
    shows_first = first_shown <= earliest <= last_shown
    if shows_first and month.starts:
        soonest: datetime | None = month.starts[0]
    else:
        soonest = next_free(wish, now=now, after=last_shown if shows_first else None)
    if first is None and soonest:
        day = soonest.astimezone(wish.location.zone).date()
        if (day.year, day.month) != (wanted.year, wanted.month):
            month = month_of(wish, day.replace(day=1), now=now)
    return Month(month.first, month.diary, month.starts, month.weeks, soonest)


def month_of(wish: Wish, first: date, *, now: datetime) -> Month:
    """One month, read once; its next free start is its own."""
    weeks = month_weeks(first.year, first.month, first_weekday=wish.location.week_starts_on)
    diary = read_diary(wish, first=weeks[0][0], last=weeks[-1][-1], now=now)
    starts = diary.starts()
    return Month(first, diary, starts, month_cells(diary, starts, weeks, month=first.month), next(iter(starts), None))


def month_cells(diary: Diary, starts: list[datetime], weeks: list[list[date]], *, month: int) -> list[list[Cell]]:
    """The weeks of a month, in the location's week and zone, each day with its status."""
    zone = diary.wish.location.zone
    counts: dict[date, int] = {}
    for start in starts:
        day = start.astimezone(zone).date()
        counts[day] = counts.get(day, 0) + 1
    earliest, latest = diary.wish.days(diary.now)
    worked = diary.days_worked()

    def cell(day: date) -> Cell:
        if day < earliest:
            status = Day.TOO_EARLY
        elif day > latest:
            status = Day.TOO_FAR
        elif counts.get(day):
            status = Day.FREE
        else:
            status = Day.FULL if day in worked else Day.CLOSED
        return Cell(day, status, counts.get(day, 0), day.month == month)

    return [[cell(day) for day in week] for week in weeks]
