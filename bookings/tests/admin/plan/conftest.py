"""A completed consultation, at which someone may plan."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, Kind, State
from bookings.models import Appointment, AppointmentType
from bookings.tests.admin.plan.planning import planner
from bookings.tests.admin.staff import signed_in
from bookings.tests.diary import Diary
from bookings.tests.factories import AppointmentTypeFactory


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now)


@pytest.fixture
def session(diary: Diary) -> AppointmentType:
    return AppointmentTypeFactory(kind=Kind.SESSION, practitioners=diary.practitioners)


@pytest.fixture
def consultation(diary: Diary, session: AppointmentType) -> Appointment:
    asked = diary.request(diary.at(1, 10))
    for state in (State.CONFIRMED, State.COMPLETED):
        change_state(appointment=asked, to=state, actor=Actor.STAFF, now=diary.now, reason="Came", override=True)
    return asked


@pytest.fixture
def client(db: None) -> Client:
    return signed_in(planner())
