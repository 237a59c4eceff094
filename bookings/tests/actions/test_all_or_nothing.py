"""An action that fails at any of its writes leaves the database as it was."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from bookings.actions.book import request_appointment
from bookings.actions.change import change_state
from bookings.actions.hold import extend
from bookings.enums import Actor, State
from bookings.tests.factories import BOOKING, Diary
from bookings.tests.rows import bookings

pytestmark = pytest.mark.django_db
WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
Case = Callable[[Diary], Callable[[], Any]]


class PowerCut(Exception):
    pass


@contextmanager
def failing_at(number: int) -> Iterator[list[str]]:
    """Raises PowerCut instead of the write with this number, counted from 1; yields the writes so far."""
    writes: list[str] = []

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITE.match(sql):
            writes.append(sql)
            if len(writes) == number:
                raise PowerCut
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield writes


def holding(diary: Diary) -> Callable[[], Any]:
    """Another time is held already, and a hold that ran out is in the way."""
    diary.hold(diary.at(1, 10), visitor="slow", now=diary.now - timedelta(minutes=30))
    diary.hold(diary.at(1, 12), visitor="visitor")
    return lambda: diary.hold(diary.at(1, 10), visitor="visitor")


def asking(diary: Diary) -> Callable[[], Any]:
    held = diary.hold(diary.at(1, 10))
    return lambda: request_appointment(reference=held.reference, visitor="visitor", booking=BOOKING, now=diary.now)


def extending(diary: Diary) -> Callable[[], Any]:
    diary.hold(diary.at(1, 10))
    return lambda: extend(visitor="visitor", minutes=10, now=diary.now + timedelta(minutes=5))


def cancelling(diary: Diary) -> Callable[[], Any]:
    asked = diary.request(diary.at(1, 10))
    return lambda: change_state(appointment=asked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)


@pytest.mark.parametrize(
    ("case", "least_writes"),
    [(holding, 6), (asking, 3), (extending, 1), (cancelling, 3)],
    ids=["hold", "ask", "extend", "cancel"],
)
def test_whichever_write_fails_nothing_is_left_half_done(now: datetime, case: Case, least_writes: int) -> None:
    diary = Diary(now=now, signed=False, least_notice_hours=0)
    act = case(diary)
    before = bookings()
    number, done = 0, False
    while not done:
        number += 1
        with failing_at(number) as writes:
            try:
                act()
                done = True
            except PowerCut:
                pass
        assert (bookings() == before) is not done
    # It came through once no write failed any more, so every one of them was tried.
    assert len(writes) == number - 1 >= least_writes
