"""A clinic to book at, a stopped clock, and a visitor."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from bookings.tests.browser import Visitor
from bookings.tests.factories import Diary


@pytest.fixture
def clock(now: datetime) -> Iterator[time_machine.Traveller]:
    """Stands still at `now` until a test moves it."""
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def diary(db: None, now: datetime, clock: time_machine.Traveller) -> Diary:
    return Diary(now=now)


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()
