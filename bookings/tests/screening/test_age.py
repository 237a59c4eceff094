"""The youngest age, and the age on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.screening import age_on, minimum_age
from bookings.tests.screening.rows import page


@pytest.mark.parametrize(
    ("day", "years"),
    [("2026-12-06", 17), ("2026-12-07", 18), ("2026-12-08", 18), ("2027-12-06", 18), ("2027-12-07", 19)],
)
def test_a_year_is_whole_on_the_birthday(day: str, years: int) -> None:
    assert age_on(date(2008, 12, 7), date.fromisoformat(day)) == years


@pytest.mark.parametrize(
    ("day", "years"), [("2026-02-28", 17), ("2026-03-01", 18), ("2028-02-28", 19), ("2028-02-29", 20)]
)
def test_who_was_born_on_a_leap_day_turns_on_the_first_of_march(day: str, years: int) -> None:
    assert age_on(date(2008, 2, 29), date.fromisoformat(day)) == years


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.integers(0, 3000))
def test_age_never_falls_and_begins_at_nought(born: date, days: int) -> None:
    day = born + timedelta(days=days)
    assert age_on(born, born) == 0
    assert 0 <= age_on(born, day) <= age_on(born, day + timedelta(days=1)) <= age_on(born, day) + 1


def test_the_highest_of_the_youngest_ages_counts() -> None:
    limit = {"question": "", "outcome": "not_suitable"}
    assert minimum_age(page({**limit, "minimum_age": 18}, {}, {**limit, "minimum_age": 21})) == 21
    assert minimum_age(page({**limit, "minimum_age": 0})) == 0
    assert minimum_age(page({})) is None
    assert minimum_age(page()) is None
