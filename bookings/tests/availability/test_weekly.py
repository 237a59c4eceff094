from datetime import UTC, date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bookings.availability.weekly import WeeklyHours

MONDAY = date(2026, 6, 1)


def test_alternating_weeks_are_counted_from_the_calendar_week_of_the_first_day() -> None:
    # Valid from a Wednesday: Friday is worked that week, Monday for the first time two weeks later.
    wednesday, until = date(2026, 6, 3), date(2026, 6, 30)
    monday, friday = (WeeklyHours(day, time(9), time(10), valid_from=wednesday, every=2) for day in (0, 4))
    assert list(friday.days(MONDAY, until)) == [date(2026, 6, 5), date(2026, 6, 19)]
    assert list(monday.days(MONDAY, until)) == [date(2026, 6, 15), date(2026, 6, 29)]


def test_the_week_begins_on_the_day_the_location_says() -> None:
    # Saturday 6 June ends the week of the first day where weeks begin on Monday, and begins one in Iran.
    hours = {"weekday": 5, "starts": time(9), "ends": time(10), "valid_from": date(2026, 6, 3), "every": 2}
    for week_starts_on, day in [(0, 6), (5, 13), (6, 6)]:
        row = WeeklyHours(**hours, week_starts_on=week_starts_on)
        assert next(row.days(MONDAY, date(2026, 6, 30))) == date(2026, 6, day)


@pytest.mark.parametrize("every", [1, 2, 3, 4])
def test_which_weeks_are_worked_does_not_depend_on_the_days_asked_for(every: int) -> None:
    row = WeeklyHours(2, time(9), time(10), valid_from=date(2020, 1, 1), valid_to=date(2030, 1, 1), every=every)
    worked = list(row.days(date(2019, 1, 1), date(2031, 1, 1)))
    assert worked[0] == date(2020, 1, 1)
    assert {b - a for a, b in pairwise(worked)} == {timedelta(weeks=every)}
    for first in (MONDAY + timedelta(days=n) for n in range(40)):
        last = first + timedelta(days=20)
        assert list(row.days(first, last)) == [day for day in worked if first <= day <= last]


@pytest.mark.parametrize(
    ("weekday", "starts", "ends", "validity"),
    [
        (0, time(10), time(9), {}),
        (0, time(9), time(9), {}),
        (7, time(9), time(10), {}),
        (-1, time(9), time(10), {}),
        (0, time(9, tzinfo=UTC), time(10, tzinfo=UTC), {}),
        (0, time(9), time(10), {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}),
        (0, time(9), time(10), {"every": 2}),
        (0, time(9), time(10), {"every": 0}),
        (0, time(9), time(10), {"every": 5, "valid_from": date(2026, 2, 1)}),
        (0, time(9), time(10), {"week_starts_on": 7}),
    ],
)
def test_impossible_hours_are_refused(weekday: int, starts: time, ends: time, validity: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must|weekday|wall-clock"):
        WeeklyHours(weekday, starts, ends, **validity)
