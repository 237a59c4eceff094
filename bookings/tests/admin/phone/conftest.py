"""The desk, and a diary to book in."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from bookings.tests.admin.staff import reception, signed_in
from bookings.tests.diary import Diary


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now, people=2)


@pytest.fixture
def desk(db: None) -> Client:
    return signed_in(reception())
