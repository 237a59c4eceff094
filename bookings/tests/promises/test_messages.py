"""Promises about messages: none after a cancellation, none twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from bookings.actions import deliver as delivering
from bookings.actions import outbox, tell_patient, tell_staff
from bookings.actions import post as posting
from bookings.actions.cancel import cancel
from bookings.actions.change import change_state
from bookings.actions.deliver import deliver, lease
from bookings.actions.move import Move, move
from bookings.actions.post import post
from bookings.enums import Actor, MessageState, State
from bookings.exceptions import TransitionNotAllowed
from bookings.models import Appointment, Message
from bookings.tests.diary import Diary
from bookings.tests.messages import of

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


@pytest.fixture
def confirmed(diary: Diary) -> Appointment:
    """In ten days."""
    asked = diary.request(diary.at(10, 10))
    return change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)


def send_until(now: datetime, last: datetime) -> list[str]:
    """A worker looks every hour; the subjects of what went out."""
    while now <= last:
        deliver(send=post, clock=lambda now=now: now)  # type: ignore[misc]
        now += timedelta(hours=1)
    return [one.subject for one in mail.outbox]


def test_promise_13_no_reminder_goes_out_after_a_cancellation(diary: Diary, confirmed: Appointment) -> None:
    send_until(diary.now, diary.at(2, 12))
    cancel(appointment=confirmed, now=diary.at(2, 12))
    sent = send_until(diary.at(2, 12), diary.at(12, 12))
    assert [subject for subject in sent if subject.startswith("Your appointment on")] == []
    assert sent[-1].startswith("Your appointment is cancelled")


def test_promise_13_not_even_one_that_a_worker_had_already_taken(diary: Diary, confirmed: Appointment) -> None:
    send_until(diary.now, diary.at(3, 9))
    taken = lease(now=diary.at(3, 10), most=50)
    assert [one.kind for one in taken] == ["reminder"]
    cancel(appointment=confirmed, now=diary.at(3, 10))
    for one in taken:
        delivering.attempt(one, post, lambda: diary.at(3, 10))
    assert [one.subject for one in mail.outbox if one.subject.startswith("Your appointment on")] == []
    assert of(confirmed).get(event__endswith="reminder:7d").state == MessageState.CANCELLED


def test_promise_13_would_be_broken_if_nobody_took_back_and_nobody_asked_again(
    diary: Diary, confirmed: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    for module in (outbox, tell_patient, tell_staff):
        monkeypatch.setattr(module, "take_back", lambda messages: 0)
    monkeypatch.setattr(posting, "still_holds", lambda message, now: True)
    cancel(appointment=confirmed, now=diary.now)
    sent = send_until(diary.now, diary.at(10, 9))
    assert [subject for subject in sent if subject.startswith("Your appointment on")]


def test_promise_14_one_event_is_one_mail(diary: Diary, confirmed: Appointment) -> None:
    # Pressed twice, in two windows, with a worker that looks in between and another one beside it.
    for _ in range(2):
        with pytest.raises(TransitionNotAllowed):
            change_state(appointment=confirmed, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
        move(moves=[Move(confirmed, diary.at(10, 11))], actor=Actor.PATIENT, now=diary.now)
        for _worker in range(2):
            deliver(send=post, clock=lambda: diary.now)
    for _ in range(2):
        cancel(appointment=confirmed, now=diary.now)
    subjects = [one.subject for one in mail.outbox if one.to == ["ada@example.com"]]
    assert subjects == [f"Your appointment has changed ({confirmed.reference})"]
    subjects = send_until(diary.now, diary.at(12, 12))
    assert subjects.count(f"Your appointment is cancelled ({confirmed.reference})") == 1
    ids = [one.extra_headers["Message-ID"] for one in mail.outbox]
    assert len(set(ids)) == len(ids)


def test_promise_14_the_database_refuses_a_second_row_for_an_event_that_is_still_to_be_sent(
    confirmed: Appointment,
) -> None:
    live = of(confirmed).filter(state=MessageState.WAITING).first()
    assert live
    values: dict[str, Any] = {
        name: getattr(live, name) for name in ("kind", "event", "channel", "language", "due_at", "created_at")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(**values)
    Message.objects.filter(pk=live.pk).update(state=MessageState.CANCELLED)
    Message.objects.create(**values)
