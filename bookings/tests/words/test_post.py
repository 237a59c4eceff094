"""Sending one message: to whom, by which way, and only while it holds."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.core import mail

from bookings.actions import post as posting
from bookings.actions.deliver import Obsolete, Refused
from bookings.actions.post import post
from bookings.enums import Channel, MessageKind, MessageState, State
from bookings.models import Appointment, Message, Patient, StoppedNumber, WaitingEntry
from bookings.tests.diary import Diary
from bookings.tests.words.said import leased
from clinic.models import Clinic, Location

pytestmark = pytest.mark.django_db
SMS = {"channel": Channel.SMS}


@pytest.fixture
def asked(now: datetime) -> Appointment:
    diary = Diary(now=now)
    return diary.request(diary.at(3, 10))


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[dict[str, str]]:
    settings.SMS_URL = "https://gateway.example/send"
    found: list[dict[str, str]] = []
    monkeypatch.setattr(posting, "send_sms", lambda **values: found.append(values))
    return found


def test_a_mail_goes_to_whoever_booked(asked: Appointment, now: datetime) -> None:
    Location.objects.update(email="berlin@clinic.example")
    written = leased("confirmed", asked, now)
    sent = post(written, now)
    (letter,) = mail.outbox
    assert (letter.to, letter.reply_to) == (["ada@example.com"], ["berlin@clinic.example"])
    assert (sent.to, sent.subject) == ("ada@example.com", letter.subject)
    assert letter.extra_headers["Message-ID"] == f"<{written.message_id}@localhost>"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    name, calendar, kind = letter.attachments[0]
    assert (name, kind) == ("appointment.ics", "text/calendar; method=REQUEST")
    assert "METHOD:REQUEST" in calendar
    assert letter.alternatives[1] == (calendar, kind)
    parts = [part.get_params() for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    assert parts == 2 * [[("text/calendar", ""), ("method", "REQUEST"), ("charset", "utf-8")]]
    post(leased("declined", asked, now), now)
    assert "method=CANCEL" in mail.outbox[1].attachments[0][2]


def test_staff_messages_go_to_the_practitioner_or_the_desk(asked: Appointment, now: datetime) -> None:
    with pytest.raises(Refused):
        post(leased("staff_diary", asked, now), now)
    with pytest.raises(Refused):
        post(leased("staff_request", asked, now), now)
    Clinic.objects.update(email="desk@clinic.example")
    assert post(leased("staff_request", asked, now), now).to == "desk@clinic.example"
    Location.objects.update(email="berlin@clinic.example")
    assert post(leased("staff_waiting", asked, now), now).to == "berlin@clinic.example"


def test_a_text_message_is_one_line_to_the_number(
    asked: Appointment, now: datetime, texts: list[dict[str, str]]
) -> None:
    written = leased("reminder", asked, now, **SMS)
    post(written, now)
    (text,) = texts
    assert (text["to"], text["message_id"]) == ("+4915112345678", written.message_id)
    assert text["text"].startswith("Test Clinic: see you on Thu 10 Dec, 10:00 Berlin time.")
    assert not mail.outbox


def test_whoever_answered_stop_gets_a_mail_instead(
    asked: Appointment, now: datetime, texts: list[dict[str, str]], settings: Any
) -> None:
    written = leased("reminder", asked, now, **SMS)
    StoppedNumber.objects.create(phone="+4915112345678", stopped_at=now)
    assert post(written, now).to == "ada@example.com"
    StoppedNumber.objects.all().delete()
    settings.SMS_URL = ""
    assert post(written, now).to == "ada@example.com"
    assert not texts


def test_nothing_goes_to_whoever_was_forgotten_or_has_no_address(asked: Appointment, now: datetime) -> None:
    written = leased("confirmed", asked, now)
    Patient.objects.update(email="")
    with pytest.raises(Refused):
        post(written, now)
    Patient.objects.update(email="ada@example.com", erased_at=now)
    with pytest.raises((Refused, Obsolete)):
        post(written, now)
    assert not mail.outbox


def test_what_no_longer_holds_is_not_sent(asked: Appointment, now: datetime) -> None:
    written = leased("reminder", asked, now)
    Appointment.objects.update(state=State.CANCELLED)
    with pytest.raises(Obsolete):
        post(written, now)
    gone = leased("cancelled", asked, now)
    Message.objects.all().delete()
    with pytest.raises(Obsolete):
        post(gone, now)
    assert not mail.outbox


def test_lost_links_are_those_of_the_address_and_none_is_no_message(asked: Appointment, now: datetime) -> None:
    written = leased(MessageKind.LINKS, asked, now)
    post(written, now)
    assert f"http://testserver{asked.patient_path()}" in mail.outbox[0].body
    Appointment.objects.update(state=State.CANCELLED)
    WaitingEntry.objects.all().delete()
    with pytest.raises(Obsolete):
        post(written, now)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("kind", "link"), [("confirmed", "/en/appointments/…/"), ("place", "/en/waiting/…/"), ("data", "/en/data/…/")]
)
def test_what_is_kept_opens_nothing(asked: Appointment, now: datetime, kind: str, link: str) -> None:
    sent = post(leased(kind, asked, now), now)
    said = mail.outbox[0].body
    assert sent.body == re.sub(r"(http://testserver/en/\w+/)[^/]+", r"\1…", said)
    assert f"http://testserver{link}" in sent.body
    assert f"http://testserver{link}" not in said


def test_neither_does_a_text_message_or_what_was_asked_for_again(
    asked: Appointment, now: datetime, texts: list[dict[str, str]]
) -> None:
    sent = [post(leased("reminder", asked, now, **SMS), now).body, post(leased("links", asked, now), now).body]
    token = asked.patient_path().split("/")[3]
    assert token in texts[0]["text"]
    assert token in mail.outbox[0].body
    assert not [body for body in sent if token in body]


def test_what_was_taken_back_or_planned_anew_meanwhile_is_not_sent(asked: Appointment, now: datetime) -> None:
    written = leased("confirmed", asked, now)
    for values in (
        {"lease": "another worker"},
        {"lease": "", "leased_until": None, "state": MessageState.WAITING},
        {"lease": "", "leased_until": None, "state": MessageState.CANCELLED},
    ):
        Message.objects.update(**values)
        with pytest.raises(Obsolete):
            post(written, now)
    assert not mail.outbox


@pytest.mark.parametrize("kind", [MessageKind.PREPARATION, MessageKind.AFTERCARE])
def test_advice_that_is_no_longer_on_the_page_is_no_message(
    asked: Appointment, now: datetime, kind: MessageKind
) -> None:
    written = leased(kind, asked, now)
    with pytest.raises(Obsolete):
        post(written, now)
    assert not mail.outbox
