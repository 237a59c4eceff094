"""An appointment that is to be moved."""

import pytest

from bookings.models import Appointment
from bookings.tests.answered import answered
from bookings.tests.diary import Diary


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """Wednesday, the day after tomorrow, at ten."""
    asked = diary.request(diary.at(2, 10))
    answered(asked)
    return asked
