"""Sending one message: to whom, by which way, and only while it holds."""

from datetime import datetime
from typing import Any

import pytest
from django.core import mail

from bookings.actions import post as posting
from bookings.actions.deliver import Obsolete, Refused
from bookings.actions.post import post
from bookings.enums import Channel, MessageKind, State
from bookings.models import Appointment, Message, Patient, StoppedNumber, WaitingEntry
from bookings.tests.factories import Diary
from bookings.tests.words.said import message
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
    written = message("confirmed", asked, now)
    sent = post(written, now)
    (letter,) = mail.outbox
    assert (letter.to, letter.reply_to) == (["ada@example.com"], ["berlin@clinic.example"])
    assert sent == ("ada@example.com", letter.subject, letter.body)
    assert letter.extra_headers["Message-ID"] == f"<{written.message_id}@localhost>"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    name, calendar, kind = letter.attachments[0]
    assert (name, kind) == ("appointment.ics", "text/calendar; method=REQUEST")
    assert "METHOD:REQUEST" in calendar
    assert letter.alternatives[1] == (calendar, kind)
    parts = [part.get_params() for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    assert parts == 2 * [[("text/calendar", ""), ("method", "REQUEST"), ("charset", "utf-8")]]
    post(message("declined", asked, now), now)
    assert "method=CANCEL" in mail.outbox[1].attachments[0][2]


def test_staff_messages_go_to_the_practitioner_or_the_desk(asked: Appointment, now: datetime) -> None:
    with pytest.raises(Refused):
        post(message("staff_diary", asked, now), now)
    with pytest.raises(Refused):
        post(message("staff_request", asked, now), now)
    Clinic.objects.update(email="desk@clinic.example")
    assert post(message("staff_request", asked, now), now).to == "desk@clinic.example"
    Location.objects.update(email="berlin@clinic.example")
    assert post(message("staff_waiting", asked, now), now).to == "berlin@clinic.example"


def test_a_text_message_is_one_line_to_the_number(
    asked: Appointment, now: datetime, texts: list[dict[str, str]]
) -> None:
    written = message("reminder", asked, now, **SMS)
    sent = post(written, now)
    assert texts == [{"to": "+4915112345678", "text": sent.body, "message_id": written.message_id}]
    assert sent.body.startswith("Test Clinic: see you on Thu 10 Dec, 10:00 Berlin time.")
    assert not mail.outbox


def test_whoever_answered_stop_gets_a_mail_instead(
    asked: Appointment, now: datetime, texts: list[dict[str, str]], settings: Any
) -> None:
    written = message("reminder", asked, now, **SMS)
    StoppedNumber.objects.create(phone="+4915112345678", stopped_at=now)
    assert post(written, now).to == "ada@example.com"
    StoppedNumber.objects.all().delete()
    settings.SMS_URL = ""
    assert post(written, now).to == "ada@example.com"
    assert not texts


def test_nothing_goes_to_whoever_was_forgotten_or_has_no_address(asked: Appointment, now: datetime) -> None:
    written = message("confirmed", asked, now)
    Patient.objects.update(email="")
    with pytest.raises(Refused):
        post(written, now)
    Patient.objects.update(email="ada@example.com", erased_at=now)
    with pytest.raises((Refused, Obsolete)):
        post(written, now)
    assert not mail.outbox


def test_what_no_longer_holds_is_not_sent(asked: Appointment, now: datetime) -> None:
    written = message("reminder", asked, now)
    Appointment.objects.update(state=State.CANCELLED)
    with pytest.raises(Obsolete):
        post(written, now)
    gone = message("cancelled", asked, now)
    Message.objects.all().delete()
    with pytest.raises(Obsolete):
        post(gone, now)
    assert not mail.outbox


def test_lost_links_are_those_of_the_address_and_none_is_no_message(asked: Appointment, now: datetime) -> None:
    written = message(MessageKind.LINKS, asked, now)
    body = post(written, now).body
    assert f"http://testserver{asked.patient_path()}" in body
    Appointment.objects.update(state=State.CANCELLED)
    WaitingEntry.objects.all().delete()
    with pytest.raises(Obsolete):
        post(written, now)
    assert len(mail.outbox) == 1


def test_staff_never_read_the_link_to_a_patients_data(asked: Appointment, now: datetime) -> None:
    sent = post(message(MessageKind.DATA, asked, now), now)
    secret = asked.data_links.get().secret
    assert secret in mail.outbox[0].body
    assert secret not in sent.body
    assert "[…]" in sent.body
