"""What a mail server answers, and what becomes of the mail."""

import smtplib
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from bookings.actions.deliver import Refused
from bookings.channels.email import as_html, send_email


def send(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(self: EmailMultiAlternatives, *args: Any, **kwargs: Any) -> int:
        raise error

    monkeypatch.setattr(EmailMultiAlternatives, "send", fail)
    send_email(to="ada@example.com", subject="Hello", text="Hello", html="<p>Hello", message_id="abc")


@pytest.mark.parametrize(
    ("code", "said"), [(550, b"5.1.1 no such user ada@example.com"), (551, b"gone"), (553, b"no such mailbox")]
)
def test_an_address_that_is_not_there_is_refused_for_good(
    monkeypatch: pytest.MonkeyPatch, code: int, said: bytes
) -> None:
    error = smtplib.SMTPRecipientsRefused({"ada@example.com": (code, said)})
    with pytest.raises(Refused) as refused:
        send(monkeypatch, error)
    assert "ada@example.com" not in str(refused.value)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"ada@example.com": (450, b"greylisted")}),
        smtplib.SMTPRecipientsRefused({"ada@example.com": (550, b"5.7.1 relaying denied")}),
        smtplib.SMTPRecipientsRefused({"ada@example.com": (554, b"relay access denied")}),
        smtplib.SMTPRecipientsRefused({"ada@example.com": (530, b"5.7.0 must authenticate first")}),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPDataError(554, b"busy"),
        TimeoutError(),
    ],
)
def test_whatever_may_be_better_later_is_not(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    with pytest.raises(type(error)):
        send(monkeypatch, error)


def test_html_escapes_everything_and_fetches_nothing() -> None:
    html = as_html("Hello <b>Ada</b>,\n\nSee: http://testserver/a/\n\n- x", subject="A & B", sender="C", language="fa")
    assert '<html lang="fa" dir="rtl">' in html
    assert "<title>A &amp; B</title>" in html
    assert "Hello &lt;b&gt;Ada&lt;/b&gt;," in html
    assert '<a href="http://testserver/a/">See</a>' in html
    assert not any(word in html for word in ("<img", "<script", "<link", "style=", "url("))
