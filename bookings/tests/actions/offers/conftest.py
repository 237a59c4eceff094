"""One practitioner's diary."""

from datetime import datetime

import pytest

from bookings.tests.diary import Diary


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)
