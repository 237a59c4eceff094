"""Asking for a lost link, and the mails that came."""

from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone

from bookings.actions.deliver import deliver
from bookings.actions.post import post

LOST, SENT = "/en/appointments/lost/", "/en/appointments/lost/sent/"
LOST, SENT = "/en/appointments/lost/", "/en/appointments/lost/sent/"
ADA = "ada@example.com"


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
