"""Answers of an appointment, and someone who treats."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from bookings.models import Appointment
from bookings.tests.admin.staff import doctor, signed_in
from bookings.tests.diary import Diary


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    return diary.request(diary.at(1, 10))


@pytest.fixture
def client(diary: Diary) -> Client:
    return signed_in(doctor(diary))
