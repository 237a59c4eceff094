"""A course's actions that fail at any of their writes leave the database as it was."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bookings.actions.courses import move_sessions
from bookings.actions.move import Move
from bookings.tests.actions.test_all_or_nothing import PowerCut, failing_at
from bookings.tests.planned import Planned
from bookings.tests.rows import everything

pytestmark = pytest.mark.django_db
Case = Callable[[Planned], Callable[[], Any]]


def agreeing(planned: Planned) -> Callable[[], Any]:
    other = planned.of_another_treatment()
    return lambda: planned.agree(course=other)


def holding(planned: Planned) -> Callable[[], Any]:
    """Another set is held already, and somebody's hold that ran out is in the way."""
    planned.diary.hold(planned.diary.at(17, 10), visitor="slow", now=planned.now - timedelta(minutes=30))
    planned.hold()
    return lambda: planned.hold(planned.on({1: 1, 2: 9, 3: 17, 4: 25}))


def booking(planned: Planned) -> Callable[[], Any]:
    held = planned.hold()
    return lambda: planned.book_held(held)


def moving(planned: Planned) -> Callable[[], Any]:
    sessions = planned.book()
    week = timedelta(days=7)
    moves = [Move(one, one.starts_at + week) for one in sessions[1:]]
    planned.course.gap_to = 14
    planned.course.save()
    return lambda: move_sessions(course=planned.course, moves=moves, now=planned.now)


@pytest.mark.parametrize(
    ("case", "least_writes"),
    [(agreeing, 1), (holding, 10), (booking, 13), (moving, 9)],
    ids=["agree", "hold", "book", "move"],
)
def test_whichever_write_fails_nothing_is_left_half_done(now: datetime, case: Case, least_writes: int) -> None:
    act = case(Planned(now=now))
    before = everything()
    number, done = 0, False
    while not done:
        number += 1
        with failing_at(number) as writes:
            try:
                act()
                done = True
            except PowerCut:
                pass
        assert (everything() == before) is not done
    # It came through once no write failed any more, so every one of them was tried.
    assert len(writes) == number - 1 >= least_writes
