"""Ada's course, planned at her consultation, and whoever has opened its link."""

from datetime import datetime

import pytest
import time_machine

from bookings.tests.browser import Visitor
from bookings.tests.planned import Planned


@pytest.fixture
def planned(now: datetime, clock: time_machine.Traveller) -> Planned:
    return Planned(now=now)


@pytest.fixture
def unsigned(now: datetime, clock: time_machine.Traveller) -> Planned:
    return Planned(now=now, consented=False)


@pytest.fixture
def visitor() -> Visitor:
    """Whoever has opened the link."""
    return Visitor()
