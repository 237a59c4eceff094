"""A clinic with its roles: the desk, and a doctor."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from bookings.actions.roles import make_roles
from bookings.tests.admin.staff import signed_in, someone
from bookings.tests.diary import Diary


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        make_roles()
        yield Diary(now=now, people=2)


@pytest.fixture
def desk(diary: Diary) -> Client:
    return signed_in(someone("Receptionist", name="desk"))


@pytest.fixture
def doctor(diary: Diary) -> Client:
    return signed_in(someone("Practitioner", diary, name="doctor"))
