"""What tests of calendars start from."""

from datetime import datetime

import pytest
from pytest_django import Settings

from bookings.tests.factories import Diary


@pytest.fixture(autouse=True)
def no_static_files(settings: Settings) -> None:
    """A new client does not look through the collected files each time."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def diary(db: None, now: datetime, settings: Settings) -> Diary:
    settings.SITE_URL = "https://clinic.example:8443"
    settings.DEFAULT_FROM_EMAIL = "Praxis <desk@clinic.example>"
    return Diary(now=now, signed=False, minutes=45)
