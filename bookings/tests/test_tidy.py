"""What is forgotten each day."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command

from bookings.models import Appointment
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.factories import Diary
from bookings.tests.views.ways import to_check

pytestmark = pytest.mark.django_db


def test_sessions_and_holds_of_yesterday_are_forgotten_and_nothing_else(now: datetime) -> None:
    with time_machine.travel(now, tick=False) as clock:
        diary = Diary(now=now)
        to_check(Visitor(), diary)
        asked = diary.request(diary.at(3, 9), visitor="someone else")
        assert TYPED["name"] in str([session.get_decoded() for session in Session.objects.all()])

        clock.shift(timedelta(hours=23, minutes=59))
        call_command("tidy")
        assert Session.objects.count() == 1
        assert Appointment.objects.count() == 2

        clock.shift(timedelta(minutes=11))
        call_command("tidy")
        assert not Session.objects.exists()
        assert list(Appointment.objects.all()) == [asked]
        assert asked.claims.exists()
