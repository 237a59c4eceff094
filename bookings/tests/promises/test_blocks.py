"""Promise 23: what blocks a part of a day blocks that part, and what blocks the day blocks all of it."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from bookings.models import Closure, TimeOff
from bookings.tests.admin.absent import ADD, TOMORROW, closing, typed
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.promises.reading import choose, clocks, day_page, free_times, words
from bookings.tests.views.ways import DETAILS, TIMES

CLOSE = "/admin/bookings/closure/add/"
MIDDLE = ["11:00", "11:30", "12:00", "12:30", "13:00", "13:30", "14:00", "14:30"]


def away(diary: Diary, starts: str, ends: str, day: str = TOMORROW) -> tuple[str, dict[str, Any]]:
    """What staff type when the practitioner is away; without times it is whole days."""
    return ADD, typed(diary, starts_at_1=starts, ends_at_1=ends, starts_at_0=day, ends_at_0=day)


def closed(diary: Diary, starts: str, ends: str, day: str = TOMORROW) -> tuple[str, dict[str, Any]]:
    return CLOSE, closing(diary, starts=starts, ends=ends, first_day=day, last_day=day)


def save(staff: Client, *blocks: tuple[str, dict[str, Any]]) -> None:
    for path, form in blocks:
        assert staff.post(path, form).status_code == 302
    assert TimeOff.objects.count() + Closure.objects.count() == len(blocks)


def tuesday(diary: Diary, visitor: Visitor) -> list[str]:
    """Tomorrow's free times, as the day and the month agree on them."""
    day_page(visitor, diary.at(1, 0).date())
    assert free_times(visitor).get(8, 0) == len(clocks(visitor))
    # The days beside it are as they were.
    assert (free_times(visitor)[7], free_times(visitor)[9]) == (12, 16)
    return clocks(visitor)


@pytest.mark.parametrize("ways", [(away, away), (closed, closed), (away, closed)])
def test_promise_23_two_blocks_of_hours_leave_the_middle_of_the_day(
    diary: Diary, visitor: Visitor, staff: Client, ways: tuple[Any, Any]
) -> None:
    before, after = ways
    assert len(tuesday(diary, visitor)) == 16
    save(staff, before(diary, "08:00", "11:00"), after(diary, "15:00", "18:00"))
    assert tuesday(diary, visitor) == MIDDLE
    assert choose(visitor, diary.at(1, 9)).path != DETAILS
    assert choose(visitor, diary.at(1, 11)).path == DETAILS


@pytest.mark.parametrize(
    "blocks",
    [[(away, "", "")], [(closed, "", "")], [(away, "08:00", "13:00"), (closed, "13:00", "18:00")]],
    ids=["a day off", "a closed day", "two halves"],
)
def test_promise_23_a_block_of_the_whole_day_closes_it(
    diary: Diary, visitor: Visitor, staff: Client, blocks: list[tuple[Any, str, str]]
) -> None:
    save(staff, *(way(diary, starts, ends) for way, starts, ends in blocks))
    assert not tuesday(diary, visitor)
    assert words(visitor)[8] == "closed"
    for hour in (9, 12, 16):
        assert choose(visitor, diary.at(1, hour)).path != DETAILS


def test_promise_23_days_off_in_a_row_close_those_days_and_no_other(
    diary: Diary, visitor: Visitor, staff: Client, now: datetime
) -> None:
    path, form = away(diary, "", "")
    save(staff, (path, form | {"ends_at_0": "2026-12-10"}))
    assert [day for day in free_times(visitor.get(TIMES)) if day < 14] == [7, 11]
