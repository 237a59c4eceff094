"""An appointment, and those whose it is to answer."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from bookings.models import Appointment
from bookings.tests.diary import Diary


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now, people=2)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    return diary.request(diary.at(1, 10))
