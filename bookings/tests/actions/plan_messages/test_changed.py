"""What hangs on a visit moves with it, and goes with it."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from bookings.actions.cancel import cancel
from bookings.actions.change import change_state
from bookings.actions.move import Move, move
from bookings.actions.undo import undo
from bookings.enums import Actor, MessageState, State
from bookings.models import Appointment, Message
from bookings.tests.actions.plan_messages.hanging import REMINDERS, local
from bookings.tests.diary import Diary
from bookings.tests.messages import MINUTE, due, of

pytestmark = pytest.mark.django_db


def test_moving_moves_what_hangs_on_it_in_new_rows(diary: Diary, confirmed: Appointment) -> None:
    before = set(of(confirmed).filter(state=MessageState.WAITING).values_list("pk", flat=True))
    move(moves=[Move(confirmed, diary.at(10, 14))], actor=Actor.PATIENT, now=diary.now + MINUTE)
    confirmed.refresh_from_db()
    assert due(confirmed)["reminder:2d"] == local(15, 14)
    assert due(confirmed)["aftercare"] == local(17, 15, 30)
    assert not Message.objects.filter(pk__in=before, state=MessageState.WAITING).exists()


def test_there_and_back_again_each_reminder_is_there_once(diary: Diary, confirmed: Appointment) -> None:
    planned = due(confirmed)
    for minute, start in enumerate([diary.at(10, 14), diary.at(9, 10)], start=1):
        move(moves=[Move(confirmed, start)], actor=Actor.PATIENT, now=diary.now + minute * MINUTE)
    confirmed.refresh_from_db()
    assert due(confirmed) == planned


def test_moved_into_the_coming_days_the_reminders_that_are_past_are_left_out(
    diary: Diary, confirmed: Appointment
) -> None:
    move(moves=[Move(confirmed, diary.at(1, 14))], actor=Actor.PATIENT, now=diary.now + MINUTE)
    confirmed.refresh_from_db()
    assert REMINDERS & set(due(confirmed)) == {"reminder:3h"}


@pytest.mark.parametrize("by", ["patient", "staff", "no_show"])
def test_cancelled_or_missed_nothing_goes_out_any_more(diary: Diary, confirmed: Appointment, by: str) -> None:
    if by == "patient":
        cancel(appointment=confirmed, now=diary.now)
    else:
        to = State.CANCELLED if by == "staff" else State.NO_SHOW
        change_state(appointment=confirmed, to=to, actor=Actor.STAFF, now=diary.at(9, 12))
    assert due(confirmed) == {}


def test_taken_back_the_cancelling_brings_the_reminders_back(diary: Diary, confirmed: Appointment) -> None:
    planned = due(confirmed)
    change_state(appointment=confirmed, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    undo(appointment=confirmed, now=diary.now + MINUTE, by=User.objects.create_user("vera"), reason="Wrong line")
    assert due(confirmed) == planned


@pytest.mark.parametrize(
    ("minutes", "over"), [(-10, local(16, 10, 20)), (40, local(16, 11, 10)), (90, local(16, 10, 30))]
)
def test_aftercare_follows_the_true_end_unless_it_was_noted_much_later(
    diary: Diary, confirmed: Appointment, minutes: int, over: datetime
) -> None:
    noted_at = confirmed.ends_at + timedelta(minutes=minutes)
    change_state(appointment=confirmed, to=State.ARRIVED, actor=Actor.STAFF, now=diary.at(9, 10))
    change_state(appointment=confirmed, to=State.COMPLETED, actor=Actor.STAFF, now=noted_at)
    expected = max(over, noted_at.astimezone(confirmed.location.zone).replace(tzinfo=None))
    assert due(confirmed)["aftercare"] == expected
    assert due(confirmed)["check_in"] == over + timedelta(days=1)
