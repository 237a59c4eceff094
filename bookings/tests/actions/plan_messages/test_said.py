"""What was said, or is being sent, is neither said again nor taken back."""

import pytest

from bookings.actions.change import change_state
from bookings.actions.move import Move, move
from bookings.actions.outbox import plan_messages, take_back
from bookings.enums import Actor, MessageState, State
from bookings.models import Appointment
from bookings.tests.actions.plan_messages.hanging import REMINDERS, local
from bookings.tests.diary import Diary
from bookings.tests.messages import MINUTE, due, of, send_all, waiting

pytestmark = pytest.mark.django_db


def test_what_was_said_is_not_said_again(diary: Diary, confirmed: Appointment) -> None:
    send_all(of(confirmed), at=diary.at(8, 0))
    sent = of(confirmed).filter(state=MessageState.SENT).count()
    plan_messages(confirmed, now=diary.at(8, 0))
    assert REMINDERS & set(due(confirmed)) == {"reminder:3h"}
    assert of(confirmed).filter(state=MessageState.SENT).count() == sent
    assert of(confirmed).filter(event__endswith="reminder:7d").count() == 1


def test_aftercare_that_went_out_is_not_sent_again_at_the_true_end(diary: Diary, confirmed: Appointment) -> None:
    send_all(of(confirmed), at=diary.at(9, 11, 30))
    change_state(appointment=confirmed, to=State.COMPLETED, actor=Actor.STAFF, now=diary.at(9, 11, 40))
    assert of(confirmed).filter(event__endswith="aftercare").count() == 1


def test_one_that_is_being_sent_for_the_old_time_does_not_stand_in_the_way(
    diary: Diary, confirmed: Appointment
) -> None:
    row = of(confirmed).get(event__endswith="reminder:7d")
    row.state, row.lease, row.leased_until = MessageState.LEASED, "worker", diary.now + MINUTE
    row.save()
    move(moves=[Move(confirmed, diary.at(10, 14))], actor=Actor.PATIENT, now=diary.now + MINUTE)
    row.refresh_from_db()
    assert (row.state, row.lease) == (MessageState.CANCELLED, "")
    confirmed.refresh_from_db()
    assert due(confirmed)["reminder:7d"] == local(10, 14)


def test_what_a_worker_has_is_not_taken_back(diary: Diary, confirmed: Appointment) -> None:
    row = of(confirmed).get(kind="confirmed")
    row.state, row.lease, row.leased_until = MessageState.LEASED, "worker", diary.now + MINUTE
    row.save()
    take_back(of(confirmed))
    row.refresh_from_db()
    assert row.state == MessageState.LEASED
    assert waiting(of(confirmed)) == []
