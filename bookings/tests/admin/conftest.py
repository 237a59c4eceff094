"""What tests of the admin share: a session that outlives the travel in time, and a day to stand on."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture(autouse=True)
def sessions_outlive_the_travel(settings: object) -> None:
    settings.SESSION_COOKIE_AGE = 10**9


@pytest.fixture
def today(now: datetime) -> Iterator[datetime]:
    """The clock stands at `now`."""
    with time_machine.travel(now, tick=False):
        yield now


@pytest.fixture
def staff(today: datetime, admin_user: User) -> Client:
    """Someone who may do everything, signed in at `now`."""
    client = Client()
    client.force_login(admin_user)
    return client
