"""Ada's course, planned at her consultation."""

from datetime import datetime

import pytest

from bookings.tests.planned import Planned


@pytest.fixture
def planned(now: datetime) -> Planned:
    return Planned(now=now)
