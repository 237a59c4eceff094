"""An appointment, about which there are messages."""

from datetime import datetime

import pytest

from bookings.models import Appointment, Message
from bookings.tests.diary import Diary


@pytest.fixture
def diary(today: datetime) -> Diary:
    return Diary(now=today)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    found = diary.request(diary.at(3, 10))
    Message.objects.all().delete()
    return found
