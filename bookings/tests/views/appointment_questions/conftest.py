"""An appointment whose questions are due."""

import pytest

from bookings.models import Appointment
from bookings.tests.diary import Diary
from bookings.tests.views.appointment_questions.answering import agreed
from bookings.tests.views.asked import ALLERGY, DIABETES, PREGNANT, asks


@pytest.fixture
def booked(diary: Diary) -> Appointment:
    """By phone, for the day after tomorrow: the patient agreed, but was asked nothing yet."""
    asks(diary, PREGNANT, DIABETES, ALLERGY)
    return diary.request(diary.at(2, 10), booking=agreed(diary))
