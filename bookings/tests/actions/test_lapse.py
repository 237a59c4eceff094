"""Requests whose time came unanswered."""

from datetime import datetime, timedelta

import pytest

from bookings.actions.change import change_state
from bookings.actions.lapse import lapse_unanswered
from bookings.enums import Actor, State
from bookings.models import Appointment, Claim
from bookings.tests.diary import Diary
from bookings.tests.rows import bookings

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


def test_a_request_is_closed_when_its_time_comes_and_not_before(diary: Diary) -> None:
    asked, later = diary.request(diary.at(1, 10)), diary.request(diary.at(2, 10), visitor="v")
    before = bookings()
    assert lapse_unanswered(now=asked.starts_at - timedelta(seconds=1)) == 0
    assert bookings() == before
    assert lapse_unanswered(now=asked.starts_at) == 1
    asked.refresh_from_db()
    line = asked.transitions.latest("pk")
    assert (asked.state, line.actor, line.to_state) == (State.LAPSED, Actor.SYSTEM, State.LAPSED)
    assert [claim.appointment for claim in Claim.objects.all()] == [later]
    assert lapse_unanswered(now=asked.starts_at) == 0


def test_what_was_answered_or_is_only_held_is_left_alone(diary: Diary) -> None:
    confirmed = diary.request(diary.at(1, 10))
    change_state(appointment=confirmed, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    diary.hold(diary.at(1, 12), visitor="holder")
    before = bookings()
    assert lapse_unanswered(now=diary.at(3, 10)) == 0
    assert bookings() == before
    assert Appointment.objects.get(pk=confirmed.pk).state == State.CONFIRMED
