"""Nothing in the log says who was treated for what."""

import logging

import pytest
from django.test import Client

from bookings import links
from bookings.models import Appointment
from bookings.templatetags.diary import instant
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.factories import Diary
from bookings.tests.views.ways import CHECK, DETAILS, FREE, KEEP, TIMES, to_appointment, to_check


def secrets_of(appointment: Appointment) -> list[str]:
    digits = links.make_token(reference=appointment.reference, secret=appointment.link_secret).partition(".")[2]
    return [appointment.reference, digits, appointment.link_secret, appointment.visitor, *TYPED.values()]


def says_nothing(caplog: pytest.LogCaptureFixture, appointment: Appointment) -> None:
    treatment = appointment.treatment
    for secret in (*secrets_of(appointment), treatment.slug, treatment.name):
        assert secret not in caplog.text


@pytest.fixture(autouse=True)
def everything_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def test_a_booking_leaves_nothing_in_the_log(diary: Diary, visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    to_check(visitor, diary)
    visitor.client.post(DETAILS, {**TYPED, "email": "wrong"})
    visitor.client.post(TIMES, {"start": "yesterday"})
    to_appointment(visitor, diary)
    says_nothing(caplog, Appointment.objects.get())


def test_neither_does_what_is_not_found_or_not_allowed(diary: Diary, caplog: pytest.LogCaptureFixture) -> None:
    asked = diary.request(diary.at(1, 10))
    client = Client()
    path = asked.get_absolute_url()
    assert client.get(f"{path[:-2]}/").status_code == 404
    assert client.post(path).status_code == 405
    assert client.get(KEEP).status_code == client.get(FREE).status_code == 405
    assert client.get(f"{CHECK}more/").status_code == 404
    says_nothing(caplog, asked)


@pytest.mark.xfail(strict=True, reason="Django logs the path of the request; the clinic's LOGGING lets it through")
def test_neither_does_a_form_without_its_token(diary: Diary, caplog: pytest.LogCaptureFixture) -> None:
    asked = diary.request(diary.at(1, 10))
    client = Client(enforce_csrf_checks=True)
    assert client.post(TIMES, {"start": instant(diary.at(1, 12))}).status_code == 403
    assert client.post(asked.get_absolute_url()).status_code == 403
    says_nothing(caplog, asked)


def test_neither_does_a_post_that_is_too_large(diary: Diary, caplog: pytest.LogCaptureFixture) -> None:
    asked = diary.request(diary.at(1, 10))
    assert Client().post(DETAILS, {"name": "x" * 3_000_000}).status_code == 413
    says_nothing(caplog, asked)


@pytest.mark.xfail(strict=True, reason="Django logs the path of the request; the clinic's LOGGING lets it through")
def test_neither_does_a_fault_of_ours(
    diary: Diary, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = diary.request(diary.at(1, 10))

    def fail(self: Appointment) -> str:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(Appointment, "get_state_display", fail, raising=False)
    client = Client(raise_request_exception=False)
    assert client.get(asked.get_absolute_url()).status_code == 500
    assert "a fault of ours" in caplog.text
    says_nothing(caplog, asked)
