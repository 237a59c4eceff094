"""A worker leases, keeps the quiet hours, tries again, gives up in the end, and writes down what it still holds."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bookings.actions import deliver as delivering
from bookings.actions.deliver import LEASE, PAUSES, Obsolete, Refused, Sent, attempt, deliver, lease
from bookings.enums import MessageKind, MessageState
from bookings.models import Message
from bookings.tests.diary import Diary
from bookings.tests.messages import MINUTE

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    """Monday 7 December 2026, nine in the morning in Berlin."""
    return Diary(now=now, signed=False)


@pytest.fixture
def message(diary: Diary) -> Message:
    """About a visit on Thursday at ten, due now."""
    diary.request(diary.at(3, 10))
    Message.objects.exclude(kind=MessageKind.REQUESTED).delete()
    return Message.objects.get()


def sends(message: Message, now: datetime) -> Sent:
    return Sent("ada@example.com", "Hello", "Good day")


def fails(message: Message, now: datetime) -> Sent:
    raise ConnectionResetError("452 <ada@example.com>: mailbox full")


def run(send: Callable[[Message, datetime], Sent], at: datetime) -> Message:
    deliver(send=send, clock=lambda: at)
    return Message.objects.get()


def test_what_went_out_is_written_down(diary: Diary, message: Message) -> None:
    found = run(sends, diary.now)
    assert (found.state, found.sent_at, found.sent_to, found.subject, found.body) == (
        MessageState.SENT,
        diary.now,
        "ada@example.com",
        "Hello",
        "Good day",
    )
    assert (found.attempts, found.lease, found.leased_until) == (1, "", None)


def test_a_failure_is_tried_again_later_and_later_and_given_up_in_the_end(
    diary: Diary, message: Message, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Message.objects.update(not_after=None)
    monkeypatch.setattr(delivering.random, "uniform", lambda low, high: 1.0)
    now = diary.now
    for number, pause in enumerate(PAUSES, start=1):
        found = run(fails, now)
        assert (found.state, found.attempts, found.problem) == (MessageState.WAITING, number, "ConnectionResetError")
        assert found.due_at >= now + pause
        now = found.due_at
    assert run(fails, now).state == MessageState.FAILED
    assert "ConnectionResetError" in caplog.text
    assert "ada@example.com" not in caplog.text


def test_no_try_comes_after_the_message_means_nothing_any_more(diary: Diary, message: Message) -> None:
    Message.objects.update(not_after=diary.now + 10 * timedelta(seconds=1))
    assert run(fails, diary.now).state == MessageState.FAILED


def test_what_is_past_is_not_sent(diary: Diary, message: Message) -> None:
    Message.objects.update(not_after=diary.now)
    assert run(sends, diary.now + MINUTE).state == MessageState.CANCELLED


@pytest.mark.parametrize(
    ("reason", "state"), [(Refused("No."), MessageState.FAILED), (Obsolete("Gone."), MessageState.CANCELLED)]
)
def test_what_nobody_can_get_and_what_no_longer_holds_is_not_tried_again(
    diary: Diary, message: Message, reason: Exception, state: MessageState
) -> None:
    def send(message: Message, now: datetime) -> Sent:
        raise reason

    found = run(send, diary.now)
    assert (found.state, found.problem) == (state, str(reason))


def test_a_slow_worker_does_not_send_what_another_has_taken_up(diary: Diary, message: Message) -> None:
    [mine] = lease(now=diary.now, most=10)
    later = diary.now + LEASE
    [theirs] = lease(now=later, most=10)
    sent: list[str] = []

    def send(message: Message, now: datetime) -> Sent:
        sent.append(message.lease)
        return sends(message, now)

    for one in (mine, theirs):
        attempt(one, send, lambda: later)
    assert sent == [theirs.lease]


def test_a_message_at_the_end_of_a_long_batch_has_a_whole_lease_when_it_is_sent(diary: Diary, message: Message) -> None:
    [taken] = lease(now=diary.now, most=10)
    almost = diary.now + LEASE - timedelta(seconds=1)

    def send(message: Message, now: datetime) -> Sent:
        assert lease(now=almost + MINUTE, most=10) == [], "nobody takes it up while it is being sent"
        return sends(message, now)

    attempt(taken, send, lambda: almost)
    assert Message.objects.get().state == MessageState.SENT


def test_a_worker_that_comes_late_keeps_the_quiet_hours(diary: Diary, message: Message) -> None:
    assert run(sends, diary.at(0, 21, 30)).due_at == diary.at(1, 8)
    assert run(sends, diary.at(1, 8)).state == MessageState.SENT


def test_a_failed_try_is_not_made_again_at_night(diary: Diary, message: Message) -> None:
    almost_night = diary.at(0, 21) - timedelta(seconds=1)
    assert run(fails, almost_night).due_at == diary.at(1, 8)


def test_what_is_about_today_and_what_answers_the_patient_goes_at_night(diary: Diary, message: Message) -> None:
    Message.objects.update(due_at=diary.at(0, 23))
    assert run(sends, diary.at(0, 23, 1)).state == MessageState.SENT
    Message.objects.update(state=MessageState.WAITING, sent_at=None, due_at=diary.at(2, 20))
    assert run(sends, diary.at(3, 5)).state == MessageState.SENT


def test_an_answer_to_a_step_made_just_before_night_still_goes(diary: Diary, message: Message) -> None:
    almost_night = diary.at(0, 21) - timedelta(seconds=2)
    Message.objects.update(due_at=almost_night, created_at=almost_night)
    assert run(sends, almost_night + timedelta(seconds=5)).state == MessageState.SENT


def test_what_was_planned_before_and_is_late_by_seconds_keeps_the_quiet_hours(diary: Diary, message: Message) -> None:
    almost_night = diary.at(0, 21) - timedelta(seconds=2)
    Message.objects.update(due_at=almost_night)
    assert run(sends, almost_night + timedelta(seconds=5)).due_at == diary.at(1, 8)
