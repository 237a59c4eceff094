"""An appointment whose questions the desk asks."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from bookings.models import Appointment, ConsentText
from bookings.tests.admin.staff import reception, signed_in
from bookings.tests.diary import Diary


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now)


@pytest.fixture
def text(diary: Diary) -> ConsentText:
    return ConsentText.objects.create(kind="data", language="en", text="We use your data.", created_at=diary.now)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    return diary.request(diary.at(1, 10))


@pytest.fixture
def desk(db: None) -> Client:
    return signed_in(reception())
