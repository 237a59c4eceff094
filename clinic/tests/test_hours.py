"""A week of opening hours in lines."""

from datetime import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from clinic.hours import HoursLine, hours_lines

# Few different hours, so that neighbouring days often have the same.
SPAN = st.sampled_from([(time(8), time(12)), (time(9), time(18)), (time(13), time(20))])
WEEK = st.lists(st.tuples(st.integers(0, 6), SPAN), unique=True).map(
    lambda rows: [(day, opens, closes) for day, (opens, closes) in rows]
)


def days(line: HoursLine) -> list[int]:
    length = (line.last - line.first) % 7
    return [(line.first + offset) % 7 for offset in range(length + 1)]


@given(rows=WEEK, start=st.integers(0, 6))
def test_the_lines_say_the_week_and_nothing_else(rows: list[tuple[int, time, time]], start: int) -> None:
    lines = hours_lines(rows, week_starts_on=start)
    assert [day for line in lines for day in days(line)] == [(start + offset) % 7 for offset in range(7)]
    said = [(day, *span) for line in lines for day in days(line) for span in line.spans]
    assert sorted(said) == sorted(rows)


@given(rows=WEEK, start=st.integers(0, 6))
def test_neighbouring_days_with_the_same_hours_share_a_line(rows: list[tuple[int, time, time]], start: int) -> None:
    lines = hours_lines(rows, week_starts_on=start)
    assert all(one.spans != other.spans for one, other in pairwise(lines))


@given(rows=WEEK)
def test_a_day_says_its_hours_in_order(rows: list[tuple[int, time, time]]) -> None:
    assert all(list(line.spans) == sorted(line.spans) for line in hours_lines(rows, week_starts_on=0))
