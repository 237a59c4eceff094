"""Cancelling from the patient's link."""

from datetime import datetime, timedelta

import pytest

from bookings.actions.cancel import cancel
from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.exceptions import TooLate, TransitionNotAllowed
from bookings.models import Appointment, Claim
from bookings.tests.actions.states import in_state
from bookings.tests.diary import Diary
from bookings.tests.rows import bookings
from clinic.enums import LateChanges
from clinic.models import Clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    return diary.request(diary.at(2, 10))


@pytest.mark.parametrize("state", [State.REQUESTED, State.CONFIRMED])
def test_it_is_cancelled_and_its_time_is_free_at_once(diary: Diary, asked: Appointment, state: State) -> None:
    if state == State.CONFIRMED:
        change_state(appointment=asked, to=state, actor=Actor.STAFF, now=diary.now)
    assert cancel(appointment=asked, now=diary.now, reason="I am away.").state == State.CANCELLED
    line = asked.transitions.latest("pk")
    assert (line.from_state, line.to_state, line.actor, line.reason) == (
        state,
        State.CANCELLED,
        Actor.PATIENT,
        "I am away.",
    )
    assert not Claim.objects.exists()
    diary.hold(diary.at(2, 10), visitor="another")


def test_cancelling_twice_does_nothing_twice(diary: Diary, asked: Appointment) -> None:
    cancel(appointment=asked, now=diary.now)
    before = bookings()
    assert cancel(appointment=asked, now=diary.now + timedelta(days=9), reason="again").state == State.CANCELLED
    assert bookings() == before


def test_whoever_must_call_cannot(diary: Diary, asked: Appointment) -> None:
    before = bookings()
    with pytest.raises(TooLate):
        cancel(appointment=asked, now=diary.at(1, 10))
    assert bookings() == before
    Clinic.objects.update(late_changes=LateChanges.ALLOWED)
    with pytest.raises(TooLate):
        cancel(appointment=asked, now=diary.at(2, 10))
    assert bookings() == before
    assert cancel(appointment=asked, now=diary.at(1, 10)).state == State.CANCELLED


@pytest.mark.parametrize("state", [State.DECLINED, State.LAPSED, State.ARRIVED, State.COMPLETED, State.NO_SHOW])
def test_what_is_over_cannot_be_cancelled(diary: Diary, state: State) -> None:
    over = in_state(diary, state)
    before = bookings()
    Clinic.objects.update(late_changes=LateChanges.ALLOWED)
    with pytest.raises(TransitionNotAllowed):
        cancel(appointment=over, now=diary.now)
    assert bookings() == before
