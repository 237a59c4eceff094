"""An appointment whose questions are answered."""

import pytest

from bookings.models import Appointment
from bookings.tests.answered import answered
from bookings.tests.diary import Diary


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """Tomorrow at ten, with every question answered."""
    asked = diary.request(diary.at(1, 10))
    answered(asked)
    return asked
