"""A diary, and whoever may see and merge patients."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from bookings.tests.admin.staff import member, signed_in
from bookings.tests.diary import Diary


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now)


@pytest.fixture
def client(db: None) -> Client:
    return signed_in(member("view_patient", "change_patient", "delete_patient"))
