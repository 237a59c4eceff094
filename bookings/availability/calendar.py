"""The grid of days behind a month view."""

from calendar import Calendar
from datetime import date

# Beyond these a calendar has no neighbouring months to show, and no clinic has times.
YEARS = range(2000, 2201)


def month_weeks(year: int, month: int, *, first_weekday: int) -> list[list[date]]:
    """The full weeks covering a month, each seven dates from `first_weekday` (0 Monday … 6 Sunday) on.

    Days of the neighbouring months fill the first and last week. ValueError if there is no such month.
    """
    return Calendar(first_weekday).monthdatescalendar(year, month)
