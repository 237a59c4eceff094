from datetime import date, timedelta
from itertools import pairwise

import pytest

from bookings.availability.calendar import month_weeks


@pytest.mark.parametrize("first_weekday", range(7))
@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_is_covered_by_full_weeks(month: int, first_weekday: int) -> None:
    weeks = month_weeks(2026, month, first_weekday=first_weekday)
    days = [day for week in weeks for day in week]
    assert all(len(week) == 7 and week[0].weekday() == first_weekday for week in weeks)
    assert all(after - before == timedelta(days=1) for before, after in pairwise(days))
    assert all(any(day.month == month for day in week) for week in weeks)
    assert date(2026, month, 1) in weeks[0]
    assert (date(2026, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1) in weeks[-1]


def test_a_four_week_february_has_no_neighbours() -> None:
    weeks = month_weeks(2027, 2, first_weekday=0)
    assert (weeks[0][0], weeks[-1][-1], len(weeks)) == (date(2027, 2, 1), date(2027, 2, 28), 4)


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (0, 1), (9999, 12)])
def test_a_month_outside_the_calendar_is_refused(year: int, month: int) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the words are the standard library's
        month_weeks(year, month, first_weekday=0)
