"""A gateway's answers, and what becomes of the text message."""

import json
import urllib.error
import urllib.request
from email.message import Message
from io import BytesIO
from typing import Any

import pytest

from bookings.actions.deliver import Refused
from bookings.channels.sms import send_sms

TEXT = {"to": "+4915112345678", "text": "See you.", "message_id": "abc"}


def answer(monkeypatch: pytest.MonkeyPatch, settings: Any, status: int) -> list[urllib.request.Request]:
    """The gateway's answer to every request; returns the requests."""
    settings.SMS_URL, settings.SMS_TOKEN = "https://gateway.example/send", "token"
    seen: list[urllib.request.Request] = []

    def urlopen(request: urllib.request.Request, timeout: int) -> BytesIO:
        seen.append(request)
        if status >= 400:
            raise urllib.error.HTTPError(request.full_url, status, "no", Message(), None)
        return BytesIO()

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    return seen


def test_the_gateway_gets_number_text_and_an_id_that_stays(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    (seen,) = [answer(monkeypatch, settings, 202)]
    send_sms(**TEXT)
    (request,) = seen
    assert (request.full_url, request.get_method()) == ("https://gateway.example/send", "POST")
    assert json.loads(request.data) == {"to": "+4915112345678", "text": "See you.", "id": "abc"}
    assert request.get_header("Authorization") == "Bearer token"


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_a_number_it_never_takes_is_refused(monkeypatch: pytest.MonkeyPatch, settings: Any, status: int) -> None:
    answer(monkeypatch, settings, status)
    with pytest.raises(Refused) as refused:
        send_sms(**TEXT)
    assert TEXT["to"] not in str(refused.value)


@pytest.mark.parametrize("status", [401, 402, 429, 500, 503])
def test_what_it_may_take_later_is_tried_again(monkeypatch: pytest.MonkeyPatch, settings: Any, status: int) -> None:
    answer(monkeypatch, settings, status)
    with pytest.raises(OSError, match=str(status)):
        send_sms(**TEXT)
