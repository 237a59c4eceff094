"""Email, over the server of EMAIL_URL."""

import re
import smtplib
from email.utils import formatdate
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language_info

from bookings.actions.deliver import Refused
from bookings.paragraphs import blocks

# What a mail server says of an address that is not there; anything else may be better later.
FOR_GOOD = {550, 551, 553}
# It may say with the same codes that it takes nothing from us, as its rules are: that is for the clinic to mend.
OUR_FAULT = re.compile(rb"\s*5\.7\.")


def send_email(
    *,
    to: str,
    subject: str,
    text: str,
    html: str,
    message_id: str,
    reply_to: str = "",
    calendar: bytes | None = None,
    method: str = "",
) -> None:
    """Send one mail. Raises Refused if the server takes no mail for this address, and what smtplib raises otherwise."""
    host = urlsplit(f"//{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}").hostname or "localhost"
    mail = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={
            # The same in every copy: whoever gets a second one, after a crash, is shown it once.
            "Message-ID": f"<{message_id}@{host}>",
            "Date": formatdate(localtime=False),
            # No answer from a machine, such as that somebody is on holiday, is wanted.
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(html, "text/html")
    if calendar:
        # Programs take an invitation beside the text; people look for a file.
        kind = f"text/calendar; method={method}"
        mail.attach_alternative(calendar.decode(), kind)
        mail.attach("appointment.ics", calendar, kind)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        answers = error.recipients.values()
        if answers and all(code in FOR_GOOD and not OUR_FAULT.match(said) for code, said in answers):
            raise Refused("The mail server does not know this address.") from None
        raise


def as_html(text: str, *, subject: str, sender: str, language: str) -> str:
    """A plain text as a mail in the clinic's style, with nothing to fetch; only this site's addresses become links."""
    context = {
        "blocks": blocks(text, site=settings.SITE_URL),
        "subject": subject,
        "sender": sender,
        "language": language,
        "is_rtl": get_language_info(language)["bidi"],
    }
    return render_to_string("emails/message.html", context)
