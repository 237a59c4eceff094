"""“I lost my link”: one answer for everyone, and one mail to the address on record."""

import logging
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from bookings.actions.change import change_state
from bookings.actions.deliver import deliver
from bookings.actions.post import post
from bookings.enums import Actor, State
from bookings.models import Appointment, Course, MessageText, Patient
from bookings.tests.actions.waiting import booking, patient, waiting
from bookings.tests.answered import answered
from bookings.tests.browser import Visitor
from bookings.tests.factories import Diary
from bookings.tests.rows import bookings, everything
from bookings.views.lost_link import AnswerFirst, lost_link

LOST, SENT = "/en/appointments/lost/", "/en/appointments/lost/sent/"
ADA = "ada@example.com"


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """Ada's, the day after tomorrow at ten."""
    asked = diary.request(diary.at(2, 10))
    answered(asked)
    return asked


def ask(contact: str, **client: Any) -> Any:
    answer = Client(**client).post(LOST, {"contact": contact})
    outbox()
    return answer


def outbox() -> list[Any]:
    """The mails with links that a worker has sent by now."""
    deliver(send=post, clock=timezone.now)
    return [one for one in mail.outbox if "link" in one.subject]


def texts() -> list[str]:
    """Every text of every mail, and its subject."""
    return [text for one in outbox() for text in (one.subject, one.body, one.alternatives[0][0])]


def test_the_page_asks_for_an_address_or_a_reference(diary: Diary, visitor: Visitor) -> None:
    visitor.get(LOST)
    assert visitor.heading == "I lost my link"
    visitor.press("Send me my link", contact="nobody@example.com")
    assert (visitor.path, visitor.heading) == (SENT, "Look into your mailbox")
    assert "If we know it, the link is on its way to the address on record." in visitor.main.text


@pytest.mark.parametrize("contact", [ADA, " ADA@Example.com ", "reference", "spelled", "persian"])
def test_the_link_goes_to_the_address_on_record(asked: Appointment, contact: str) -> None:
    spellings = {
        "reference": asked.reference,
        "spelled": asked.reference.lower().replace("-", " "),
        "persian": asked.reference.translate(str.maketrans("23456789", "۲۳۴۵۶۷۸۹")),
    }
    ask(spellings.get(contact, contact))
    [sent] = outbox()
    assert sent.to == [ADA]
    assert sent.subject == "Your links"
    address = f"http://testserver{asked.patient_path()}"
    for text in (sent.body, sent.alternatives[0][0]):
        assert "Wednesday 9 December 2026, 10:00–10:30, Berlin time (CET)" in text
        assert text.count(address) == 1
    assert Client().get(asked.patient_path()).status_code == 200


def test_an_address_of_another_spelling_is_not_written_to(asked: Appointment) -> None:
    """The mail goes where the patient is known to read, whatever was typed."""
    ask("Ada@EXAMPLE.com")
    assert outbox()[0].to == [ADA]


def test_the_answer_is_the_same_whether_or_not_something_is_known(asked: Appointment, diary: Diary) -> None:
    answers = {
        (response.status_code, response.content, str(response.headers))
        for response in map(ask, [ADA, "nobody@example.com", asked.reference, "ZZZZ-ZZZZ"])
    }
    assert len(answers) == 1
    assert len(outbox()) == 2


def test_nothing_is_looked_up_before_the_answer_is_sent(
    asked: Appointment, rf: Any, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The end of a request closes connections that are old; here it is that of the test.
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    with django_assert_num_queries(0):
        response = lost_link(rf.post(LOST, {"contact": ADA}))
    assert isinstance(response, AnswerFirst)
    assert not outbox()
    response.close()
    assert len(outbox()) == 1


def test_it_changes_nothing(asked: Appointment, visitor: Visitor) -> None:
    before = everything()
    for path in (LOST, SENT):
        visitor.client.get(path)
        visitor.client.head(path)
    assert everything() == before
    assert not outbox()
    appointments = bookings()
    ask(ADA)
    assert bookings() == appointments
    assert visitor.client.post(SENT).status_code == 405


def test_what_is_over_or_given_up_is_not_listed(asked: Appointment, diary: Diary) -> None:
    other = diary.request(diary.at(3, 9), visitor="v")
    change_state(appointment=asked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    ask(ADA)
    assert asked.reference not in outbox()[0].body
    assert other.reference in outbox()[0].body
    change_state(appointment=other, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    ask(ADA)
    assert len(outbox()) == 1


def test_a_consultation_whose_sessions_can_be_booked_is(asked: Appointment, diary: Diary) -> None:
    for step in (State.CONFIRMED, State.COMPLETED):
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    ask(ADA)
    assert not outbox()
    values = {"treatment": asked.treatment, "type": asked.type, "phase": "First", "sessions": 2, "gap_from": 7}
    Course.objects.create(consultation=asked, created_at=diary.now, **values)
    ask(ADA)
    assert outbox()[0].body.count(asked.patient_path()) == 1


def test_a_family_gets_all_its_links_in_one_mail_and_others_none(asked: Appointment, diary: Diary) -> None:
    sibling = diary.request(diary.at(3, 9), visitor="v")
    Patient.objects.filter(pk=sibling.patient_id).update(name="Ben Example", email="ADA@example.com")
    stranger = diary.request(diary.at(3, 11), visitor="w", booking=booking("Bea"))
    entry = waiting(diary, patient=patient(diary, "Cy", email=ADA))
    ask(asked.reference)
    [sent] = outbox()
    assert [one.patient_path() in sent.body for one in (asked, sibling, entry, stranger)] == [True, True, True, False]
    assert sent.body.index(asked.patient_path()) < sent.body.index(sibling.patient_path())


def test_the_reference_of_an_entry_will_do(diary: Diary) -> None:
    entry = waiting(diary, patient=patient(diary, "Cy", email="cy@example.com"))
    ask(entry.reference)
    assert outbox()[0].to == ["cy@example.com"]
    assert f"http://testserver{entry.patient_path()}" in outbox()[0].body


def test_a_mail_says_nothing_of_health_or_of_who(asked: Appointment, diary: Diary) -> None:
    ask(ADA)
    said = [asked.treatment.name, asked.type.name, asked.practitioner.name, asked.patient.name, "1511234"]
    assert not [(word, text) for word in said for text in texts() if word in text]


def test_it_is_in_the_patients_language(asked: Appointment) -> None:
    Patient.objects.update(language="fa")
    words = {"subject": "Your link", "body": "{links}", "sms": "{links}"}
    MessageText.objects.create(kind="links", language="fa", **words)
    ask(ADA)
    assert f"http://testserver{asked.patient_path().replace('/en/', '/fa/')}" in outbox()[0].body
    assert 'dir="rtl"' in outbox()[0].alternatives[0][0]


WRONG = [
    "",
    "   ",
    "\x00",
    "ada@",
    "K7QM",
    "K7QM-3XP0",
    "x" * 300,
    "a@b",
    "K7QM-3XPA, K7QM-3XPB",
    "ada@example.com\nBcc: b@c.de",
]


def test_what_is_neither_asks_again(diary: Diary, visitor: Visitor) -> None:
    for text in WRONG:
        visitor.arrive(visitor.client.post(LOST, {"contact": text}), LOST)
        assert visitor.status == 422, text
        assert visitor.title.startswith("Error: I lost my link")
        assert visitor.main.one("div", class_="error-summary").one("a").text.startswith("Enter ")
    assert not outbox()


def test_one_mailbox_gets_three_mails_an_hour_and_the_answer_does_not_say_so(
    asked: Appointment, clock: time_machine.Traveller
) -> None:
    contacts = [ADA, asked.reference, ADA.upper(), ADA, asked.reference]
    answers = {ask(one, REMOTE_ADDR=f"192.0.2.{number}").content for number, one in enumerate(contacts)}
    assert len(outbox()) == 3
    assert len(answers) == 1
    ask("nobody@example.com", REMOTE_ADDR="192.0.2.9")
    assert len(outbox()) == 3


def test_one_address_asks_ten_times_an_hour(asked: Appointment, visitor: Visitor) -> None:
    statuses = [ask(f"n{number}@example.com", REMOTE_ADDR="192.0.2.1").status_code for number in range(11)]
    assert statuses == [302] * 10 + [429]
    assert ask(ADA, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert not outbox()
    ask(ADA, REMOTE_ADDR="192.0.2.2")
    assert len(outbox()) == 1


@pytest.fixture
def printed() -> Iterator[StringIO]:
    """What the server prints of its log."""
    console = next(handler for handler in logging.getLogger().handlers if handler.get_name() == "console")
    stream = StringIO()
    before = console.setStream(stream)
    yield stream
    console.setStream(before)


def test_a_failure_is_logged_without_the_address_and_the_answer_is_the_same(
    asked: Appointment, monkeypatch: pytest.MonkeyPatch, printed: StringIO
) -> None:
    usual = ask("nobody@example.com")

    def refuse(*args: object, **values: object) -> None:
        raise RuntimeError(f"550 <{ADA}> is no mailbox of ours")

    monkeypatch.setattr("bookings.views.lost_link.send_links", refuse)
    failed = ask(ADA)
    assert (failed.status_code, failed.content, failed["Location"]) == (302, usual.content, SENT)
    assert "RuntimeError" in printed.getvalue()
    assert ADA not in printed.getvalue()
    assert asked.reference not in printed.getvalue()


def test_its_pages_are_neither_stored_nor_indexed(diary: Diary, visitor: Visitor) -> None:
    for path in (LOST, SENT):
        visitor.get(path)
        assert "no-store" in visitor.response["Cache-Control"]
        assert visitor.page.one("meta", name="robots").get("content") == "noindex"


def test_a_form_of_another_site_sends_nothing(asked: Appointment, now: datetime) -> None:
    assert Client(enforce_csrf_checks=True).post(LOST, {"contact": ADA}).status_code == 403
    assert not outbox()
