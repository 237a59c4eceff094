"""A month of a diary as a calendar shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bookings.availability.calendar import month_weeks
from bookings.models import AppointmentType
from bookings.queries.openings import Diary, Offers, bounds


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


def month_cells(
    diary: Diary, type: AppointmentType, offers: Offers, *, year: int, month: int, now: datetime
) -> list[list[Cell]]:
    """The weeks of a month, in the location's week and zone, each day with its status."""
    zone = diary.location.zone
    counts: dict[date, int] = {}
    for start in offers:
        day = start.astimezone(zone).date()
        counts[day] = counts.get(day, 0) + 1
    earliest, latest = (moment.astimezone(zone).date() for moment in bounds(type, diary.location, now))

    def cell(day: date) -> Cell:
        if day < earliest:
            status = Day.TOO_EARLY
        elif day > latest:
            status = Day.TOO_FAR
        elif counts.get(day):
            status = Day.FREE
        else:
            status = Day.FULL if diary.works_on(day) else Day.CLOSED
        return Cell(day, status, counts.get(day, 0), day.month == month)

    weeks = month_weeks(year, month, first_weekday=diary.location.week_starts_on)
    return [[cell(day) for day in week] for week in weeks]
