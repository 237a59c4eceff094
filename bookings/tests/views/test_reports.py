"""STOP is honoured, and what came back is to be told by phone."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from bookings.actions.outbox import channel_of
from bookings.enums import Channel, MessageState
from bookings.models import Message, StoppedNumber
from bookings.tests.actions.waiting import patient
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db
SECRET = "a-secret-of-thirty-characters-"
PHONE = "+4915112345678"


@pytest.fixture(autouse=True)
def gateway(settings: Any) -> None:
    settings.SMS_URL, settings.REPORTS_SECRET = "https://gateway.example/send", SECRET


def report(text: Any = "STOP", *, secret: str = SECRET, phone: Any = PHONE) -> int:
    body = json.dumps({"from": phone, "text": text})
    return Client().post(f"/messages/{secret}/", body, content_type="application/json").status_code


@pytest.mark.parametrize("text", ["STOP", "stop", " Stop. ", "لغو"])
def test_whoever_says_stop_gets_mails_instead(now: datetime, text: str) -> None:
    ada = patient(Diary(now=now, signed=False), "Ada", channel=Channel.SMS)
    assert channel_of(ada) == Channel.SMS
    assert report(text) == report(text) == 204
    assert StoppedNumber.objects.count() == 1
    assert channel_of(ada) == Channel.EMAIL
    assert report("START") == 204
    assert channel_of(ada) == Channel.SMS


def test_what_waited_for_the_number_goes_by_mail_and_what_was_sent_stays(now: datetime) -> None:
    ada = patient(Diary(now=now, signed=False), "Ada", channel=Channel.SMS)
    rows = {
        state: Message.objects.create(
            kind="reminder",
            event=f"test {state}",
            channel=Channel.SMS,
            patient=ada,
            language="en",
            state=state,
            due_at=now,
            created_at=now,
            sent_at=now if state == MessageState.SENT else None,
        )
        for state in (MessageState.WAITING, MessageState.SENT)
    }
    report()
    for state, channel in [(MessageState.WAITING, Channel.EMAIL), (MessageState.SENT, Channel.SMS)]:
        rows[state].refresh_from_db()
        assert rows[state].channel == channel


def test_any_other_answer_means_nothing() -> None:
    assert report("Please don't stop!") == 204
    assert not StoppedNumber.objects.exists()


@pytest.mark.parametrize("secret", ["wrong", SECRET[:-1], SECRET + "x"])
def test_a_stranger_is_told_nothing(secret: str) -> None:
    assert report(secret=secret) == 404
    assert not StoppedNumber.objects.exists()


def test_without_a_secret_the_address_is_closed(settings: Any) -> None:
    settings.REPORTS_SECRET = ""
    assert report() == 404


@pytest.mark.parametrize("said", [{"phone": "12"}, {"phone": None}, {"text": 5}, {"phone": ["+49"]}])
def test_nonsense_is_refused(said: dict[str, Any]) -> None:
    assert report(**said) == 400
    assert Client().post(f"/messages/{SECRET}/", b"[", content_type="application/json").status_code == 400
    assert Client().get(f"/messages/{SECRET}/").status_code == 405


@pytest.mark.parametrize("written", ["{}", "<{}@clinic.example>", " {}@clinic.example "])
def test_a_mail_that_came_back_is_to_be_told_by_phone(now: datetime, written: str) -> None:
    diary = Diary(now=now, signed=False)
    asked = diary.request(diary.at(3, 10))
    sent = Message.objects.get(kind="requested")
    assert bounce(written.format(sent.message_id)) == 204
    assert not Message.objects.to_call(at=now).exists(), "it was not even sent"
    Message.objects.filter(pk=sent.pk).update(state=MessageState.SENT, sent_at=now)
    for _ in range(2):
        assert bounce(written.format(sent.message_id)) == 204
    [found] = Message.objects.to_call(at=now)
    assert (found, found.appointment, found.problem) == (sent, asked, "The mail came back.")


def test_a_mail_of_somebody_else_is_none_of_ours() -> None:
    assert bounce("<someone@else.example>") == bounce("\x00") == 204


def bounce(message_id: Any) -> int:
    body = json.dumps({"bounced": message_id})
    return Client().post(f"/messages/{SECRET}/", body, content_type="application/json").status_code
