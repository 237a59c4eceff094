"""A clinic to book at, a stopped clock, and a visitor."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from pytest_django import Settings

from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.prepared import sit_down


@pytest.fixture(autouse=True)
def no_static_files(settings: Settings) -> None:
    """A new client does not look through the collected files each time."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def clock(now: datetime) -> Iterator[time_machine.Traveller]:
    """Stands still at `now` until a test moves it."""
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def diary(db: None, now: datetime, clock: time_machine.Traveller) -> Diary:
    return Diary(now=now)


@pytest.fixture
def newcomer() -> Visitor:
    """Someone who was never here before."""
    return Visitor()


@pytest.fixture
def visitor(diary: Diary) -> Visitor:
    """Someone who has answered all that is asked before a time."""
    visitor = Visitor()
    sit_down(visitor.client, diary)
    return visitor
