"""A booked course."""

from datetime import datetime

import pytest
import time_machine

from bookings.tests.planned import Planned


@pytest.fixture
def planned(now: datetime, clock: time_machine.Traveller) -> Planned:
    """Booked on Tuesdays at ten: in 1, 8, 15 and 22 days; it is the day after tomorrow's eve."""
    planned = Planned(now=now)
    planned.confirm(*planned.book(planned.on({1: 1, 2: 8, 3: 15, 4: 22})))
    return planned
