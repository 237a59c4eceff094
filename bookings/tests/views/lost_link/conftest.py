"""Ada's appointment, whose link is lost."""

import pytest

from bookings.models import Appointment
from bookings.tests.answered import answered
from bookings.tests.diary import Diary


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """Ada's, the day after tomorrow at ten."""
    asked = diary.request(diary.at(2, 10))
    answered(asked)
    return asked
