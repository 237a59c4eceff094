"""What the clock does by itself."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError

from bookings.actions.change import change_state
from bookings.actions.plan_all import TURNS
from bookings.enums import Actor, State
from bookings.models import Appointment
from bookings.tests.actions.states import in_state
from bookings.tests.actions.waiting import booking, offered_to, waiting
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.messages import due
from bookings.tests.views.ways import to_check
from clinic.models import Clinic

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


def test_places_that_nobody_answered_go_on_and_unanswered_requests_are_closed(now: datetime) -> None:
    with time_machine.travel(now, tick=False) as clock:
        diary = Diary(now=now, signed=False)
        first, second = waiting(diary, since=9), waiting(diary, since=5)
        gone = diary.request(diary.at(1, 10), visitor="gone", booking=booking("Zoe"))
        change_state(appointment=gone, to=State.CANCELLED, actor=Actor.STAFF, now=now)
        asked = diary.request(diary.at(0, 12), visitor="asked")
        assert offered_to() == [first]
        clock.move_to(asked.starts_at)
        call_command("tidy")
        assert offered_to() == [second]
        asked.refresh_from_db()
        assert asked.state == State.LAPSED


def test_each_hour_what_hangs_on_a_visit_is_planned_anew(now: datetime) -> None:
    with time_machine.travel(now, tick=False) as clock:
        visit = in_state(Diary(now=now, signed=False), State.CONFIRMED)
        assert set(due(visit)) == {"reminder:3h"}
        Clinic.objects.update(reminders="4h")
        clock.move_to(now.replace(minute=(visit.pk + 1) % TURNS))
        call_command("tidy")
        assert set(due(visit)) == {"reminder:3h"}
        clock.move_to(now.replace(minute=visit.pk % TURNS))
        call_command("tidy")
        assert set(due(visit)) == {"reminder:4h"}


def test_with_every_it_stays_and_goes_on_after_a_fault_of_the_database(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def tidy() -> None:
        done.append("tried")
        if len(done) == 1:
            raise OperationalError("the database is away")

    def sleep(seconds: float) -> None:
        done.append(f"waited {seconds:.0f}")
        if len(done) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr("bookings.management.commands.tidy.tidy", tidy)
    monkeypatch.setattr("bookings.management.commands.tidy.time.sleep", sleep)
    monkeypatch.setattr("bookings.management.commands.tidy.close_old_connections", lambda: None)
    with pytest.raises(KeyboardInterrupt), time_machine.travel(now.replace(second=20), tick=False):
        call_command("tidy", every=60)
    assert done == ["tried", "waited 40", "tried", "waited 40"], "to the full minute"
