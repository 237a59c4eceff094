"""Email, over the server of EMAIL_URL."""

import smtplib
from email.utils import formatdate
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import escape, linebreaks, urlize

from bookings.actions.deliver import Refused

# What a mail server says of an address that is not there; anything else may be better later.
FOR_GOOD = range(500, 600)


def send_email(
    *, to: str, subject: str, text: str, html: str, message_id: str, calendar: bytes | None = None, method: str = ""
) -> None:
    """Send one mail. Raises Refused if the server takes no mail for this address, and what smtplib raises otherwise."""
    host = urlsplit(f"//{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}").hostname or "localhost"
    mail = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[to],
        # The same in every copy: whoever gets a second one, after a crash, is shown it once.
        headers={"Message-ID": f"<{message_id}@{host}>", "Date": formatdate(localtime=False)},
    )
    mail.attach_alternative(html, "text/html")
    if calendar:
        mail.attach("appointment.ics", calendar, f"text/calendar; method={method}; charset=utf-8")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        if codes and all(code in FOR_GOOD for code in codes):
            raise Refused("The mail server does not know this address.") from None
        raise


def as_html(text: str) -> str:
    """A plain text as HTML: paragraphs, line breaks and links, everything else escaped."""
    return urlize(linebreaks(escape(text)))
