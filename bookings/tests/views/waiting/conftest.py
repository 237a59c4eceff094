"""An appointment that could be earlier, and places that are offered."""

import pytest

from bookings.models import Appointment, PlaceOffer
from bookings.tests.actions.waiting import freed, waiting
from bookings.tests.answered import answered
from bookings.tests.diary import Diary


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """Thursday at ten."""
    asked = diary.request(diary.at(3, 10))
    answered(asked)
    return asked


@pytest.fixture
def offer(diary: Diary, asked: Appointment) -> PlaceOffer:
    """Tuesday at ten, for whoever has Thursday."""
    waiting(diary, appointment=asked)
    freed(diary)
    return PlaceOffer.objects.get()


@pytest.fixture
def first_place(diary: Diary) -> PlaceOffer:
    """Tuesday at ten, for someone who has no appointment yet."""
    waiting(diary, "Cy")
    freed(diary)
    return PlaceOffer.objects.get()
