"""A visit that is confirmed."""

from datetime import datetime

import pytest

from bookings.actions.change import change_state
from bookings.enums import Actor, Kind, State
from bookings.models import Appointment
from bookings.tests.after_visit import agree
from bookings.tests.answered import answered
from bookings.tests.diary import Diary


@pytest.fixture
def diary(now: datetime) -> Diary:
    """Monday 7 December 2026, nine in the morning in Berlin; the page has preparation and aftercare."""
    diary = Diary(now=now, kind=Kind.SESSION)
    diary.treatment.needs_consultation = False
    diary.treatment.save()
    return diary


@pytest.fixture
def confirmed(diary: Diary) -> Appointment:
    """In nine days, on a Wednesday at ten, for half an hour."""
    asked = diary.request(diary.at(9, 10))
    answered(asked)
    agree(asked)
    return change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
