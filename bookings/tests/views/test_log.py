"""Nothing in the log says who was treated for what."""

import logging
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

import pytest
from django.test import Client

from bookings import links
from bookings.models import Appointment
from bookings.templatetags.diary import instant
from bookings.tests.browser import PERSONAL, TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.ways import CHECK, DETAILS, FREE, KEEP, TIMES, to_appointment, to_check


def secrets_of(appointment: Appointment) -> list[str]:
    digits = links.make_token(reference=appointment.reference, secret=appointment.link_secret).partition(".")[2]
    return [appointment.reference, digits, appointment.link_secret, appointment.visitor, *PERSONAL]


def says_nothing_of(appointment: Appointment, printed: StringIO) -> bool:
    return not [secret for secret in secrets_of(appointment) if secret in printed.getvalue()]


@pytest.fixture
def printed() -> Iterator[StringIO]:
    """What the server prints of its log."""
    console = next(handler for handler in logging.getLogger().handlers if handler.get_name() == "console")
    stream = StringIO()
    before = console.setStream(stream)
    yield stream
    console.setStream(before)


def test_a_booking_leaves_nothing_in_the_log(diary: Diary, visitor: Visitor, printed: StringIO) -> None:
    to_check(visitor, diary)
    visitor.client.post(DETAILS, {**TYPED, "email": "wrong"})
    visitor.client.post(TIMES, {"start": "yesterday"})
    to_appointment(visitor, diary)
    assert printed.getvalue() == ""


def test_neither_does_what_is_not_found_or_not_allowed(diary: Diary, printed: StringIO) -> None:
    asked = diary.request(diary.at(1, 10))
    client = Client()
    path = asked.patient_path()
    assert client.get(f"{path[:-2]}/").status_code == 404
    assert client.post(path).status_code == 405
    assert client.get(KEEP).status_code == client.get(FREE).status_code == 405
    assert client.get(f"{CHECK}more/").status_code == 404
    assert says_nothing_of(asked, printed)


def test_neither_does_a_form_without_its_token(diary: Diary, printed: StringIO) -> None:
    asked = diary.request(diary.at(1, 10))
    client = Client(enforce_csrf_checks=True)
    assert client.post(TIMES, {"start": instant(diary.at(1, 12))}).status_code == 403
    assert client.post(asked.patient_path()).status_code == 403
    assert says_nothing_of(asked, printed)


def test_neither_does_a_post_that_is_too_large(diary: Diary, visitor: Visitor, printed: StringIO) -> None:
    asked = diary.request(diary.at(1, 10))
    assert visitor.client.post(DETAILS, {"name": "x" * 3_000_000}).status_code == 413
    assert says_nothing_of(asked, printed)


def test_neither_does_a_fault_of_ours(diary: Diary, printed: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = diary.request(diary.at(1, 10))

    def fail(self: Appointment, now: datetime) -> str:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(Appointment, "state_at", fail)
    client = Client(raise_request_exception=False)
    assert client.get(asked.patient_path()).status_code == 500
    assert "a fault of ours" in printed.getvalue()
    assert says_nothing_of(asked, printed)
