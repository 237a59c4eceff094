"""The answer is the same for everyone, and comes before anything is looked up."""

import logging
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from bookings.models import Appointment
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import bookings, everything
from bookings.tests.views.lost_link.asking import ADA, LOST, SENT, ask, outbox
from bookings.views.lost_link import AnswerFirst, lost_link


def test_the_page_asks_for_an_address_or_a_reference(diary: Diary, visitor: Visitor) -> None:
    visitor.get(LOST)
    assert visitor.heading == "I lost my link"
    visitor.press("Send me my link", contact="nobody@example.com")
    assert (visitor.path, visitor.heading) == (SENT, "Look into your mailbox")
    assert "If we know it, the link is on its way to the address on record." in visitor.main.text


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
