"""Monday at nine in Berlin, and a request for Thursday at ten."""

from datetime import datetime

import pytest

from bookings.models import Appointment
from bookings.tests.diary import Diary


@pytest.fixture
def diary(now: datetime) -> Diary:
    """Monday 7 December 2026, nine in the morning in Berlin."""
    return Diary(now=now, signed=False, least_notice_hours=0)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """On Thursday at ten."""
    return diary.request(diary.at(3, 10))
