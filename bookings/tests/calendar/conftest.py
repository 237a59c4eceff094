"""What tests of calendars start from."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from pytest_django import Settings

from bookings.models import CalendarFeed
from bookings.tests.diary import Diary
from clinic.models import Practitioner
from clinic.tests.factories import PractitionerFactory


@pytest.fixture(autouse=True)
def no_static_files(settings: Settings) -> None:
    """A new client does not look through the collected files each time."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def clock(now: datetime) -> Iterator[time_machine.Traveller]:
    """Stands still at `now` until a test moves it."""
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def diary(db: None, now: datetime, settings: Settings) -> Diary:
    settings.SITE_URL = "https://clinic.example:8443"
    settings.DEFAULT_FROM_EMAIL = "Praxis <desk@clinic.example>"
    return Diary(now=now, signed=False, minutes=45)


@pytest.fixture
def colleague(diary: Diary) -> Practitioner:
    """A second practitioner with the same hours."""
    colleague = PractitionerFactory()
    diary.practitioners.append(colleague)
    diary.type.practitioners.add(colleague)
    for hours in diary.practitioner.working_hours.all():
        hours.pk, hours.practitioner = None, colleague
        hours.save()
    return colleague


@pytest.fixture
def own(diary: Diary) -> CalendarFeed:
    """The calendar of the first practitioner."""
    return CalendarFeed.objects.create(practitioner=diary.practitioner, created_at=diary.now - timedelta(days=1))


@pytest.fixture
def whole(diary: Diary) -> CalendarFeed:
    """The calendar of the location."""
    return CalendarFeed.objects.create(location=diary.location, created_at=diary.now - timedelta(days=1))
