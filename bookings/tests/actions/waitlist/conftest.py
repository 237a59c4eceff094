"""One practitioner's diary, and a time in it that somebody has."""

from datetime import datetime

import pytest

from bookings.models import Appointment
from bookings.tests.diary import Diary


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


@pytest.fixture
def booked(diary: Diary) -> Appointment:
    """Tomorrow, a Tuesday, at ten."""
    return diary.request(diary.at(1, 10))
