"""Sending what is due: lease, send outside any transaction, write down what came of it."""

import logging
import random
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from bookings.enums import MessageState
from bookings.models import Message
from bookings.queries.nights import night_is_over

logger = logging.getLogger(__name__)
# Longer than any mail server takes to answer; a message whose worker died is taken up again afterwards.
LEASE = timedelta(minutes=5)
# How long after each failed attempt the next one comes; then it is given up, and staff see it.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
JITTER = 0.2


class Sent(NamedTuple):
    """What went out: to whom, and the words."""

    to: str
    subject: str
    body: str


class Refused(Exception):
    """The recipient's address or number does not exist: trying again would not help."""


class Obsolete(Exception):
    """What the message says no longer holds: it is not sent."""


Send = Callable[[Message, datetime], Sent]


def deliver(*, send: Send, clock: Callable[[], datetime], most: int = 50) -> int:
    """Send up to `most` messages that are due, by `send`; returns how many were taken up. Several may run at once."""
    taken = lease(now=clock(), most=most)
    for message in taken:
        attempt(message, send, clock)
    return len(taken)


def lease(*, now: datetime, most: int) -> list[Message]:
    """Take messages that are due, so that no other worker does."""
    mark = secrets.token_hex(16)
    with transaction.atomic():
        rows = Message.objects.ready(at=now)
        # On SQLite the transaction holds the write lock from its start: nobody else is reading to write.
        rows = rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        keys = list(rows.values_list("pk", flat=True)[:most])
        Message.objects.filter(pk__in=keys).update(state=MessageState.LEASED, lease=mark, leased_until=now + LEASE)
    return list(Message.objects.filter(lease=mark, state=MessageState.LEASED).order_by("due_at", "pk"))


def attempt(message: Message, send: Send, clock: Callable[[], datetime]) -> None:
    """Send one leased message. No transaction is open meanwhile: a mail server may take its time."""
    now = clock()
    if not renew(message, now=now):
        return  # taken back meanwhile, or the messages before took too long: it is someone else's by now
    if later := night_is_over(message, now=now):
        settle(message, state=MessageState.WAITING, due_at=later)
        return
    if message.not_after and message.not_after < now:
        settle(message, state=MessageState.CANCELLED, problem="Its time had passed.")
        return
    try:
        sent = send(message, now)
    except Obsolete as reason:
        settle(message, state=MessageState.CANCELLED, problem=str(reason))
    except Refused as reason:
        settle(message, state=MessageState.FAILED, problem=str(reason), attempts=message.attempts + 1)
    except Exception as error:
        # Every channel fails in ways of its own; none may stop the others' messages.
        put_off(message, error, now=clock())
    else:
        settle(
            message,
            state=MessageState.SENT,
            sent_at=clock(),
            sent_to=sent.to,
            subject=sent.subject,
            body=sent.body,
            attempts=message.attempts + 1,
            problem="",
        )


def renew(message: Message, *, now: datetime) -> bool:
    """Whether the lease still holds; it then does for as long again: the messages before may have taken their time."""
    rows = Message.objects.filter(pk=message.pk, lease=message.lease, state=MessageState.LEASED, leased_until__gt=now)
    return bool(rows.update(leased_until=now + LEASE))


def put_off(message: Message, error: Exception, *, now: datetime) -> None:
    """Try again later, a little apart from the others; after the last pause it is given up."""
    # The kind of the failure and no more: what a server answers may quote the address.
    problem, attempts = type(error).__name__, message.attempts + 1
    logger.warning("message %s could not be sent: %s", message.message_id, problem)
    if attempts > len(PAUSES):
        settle(message, state=MessageState.FAILED, problem=problem, attempts=attempts)
        return
    pause = PAUSES[attempts - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  (no secret)
    later = now + pause
    later = night_is_over(message, now=later) or later
    if message.not_after and later > message.not_after:
        settle(message, state=MessageState.FAILED, problem=problem, attempts=attempts)
        return
    settle(message, state=MessageState.WAITING, due_at=later, problem=problem, attempts=attempts)


def settle(message: Message, **values: object) -> None:
    """Write what came of an attempt, unless the lease was lost meanwhile."""
    Message.objects.filter(pk=message.pk, lease=message.lease, state=MessageState.LEASED).update(
        **values, lease="", leased_until=None
    )
