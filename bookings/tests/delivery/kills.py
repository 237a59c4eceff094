"""Workers that are killed at one line after the other."""

import os
import signal
import smtplib
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.core.mail.backends import smtp

from bookings.actions import deliver, post
from bookings.channels import email
from bookings.enums import MessageState
from bookings.models import Appointment, Message
from bookings.tests.delivery.mail_server import BadServer
from bookings.tests.delivery.working import Act, in_child, whatever_its_state, work, write

WATCHED = {module.__file__ for module in (deliver, post, email, smtp, smtplib)}


def killed_at(line: int) -> Act:
    """Work, and be killed before the `line`-th line of what sends a mail."""

    def act() -> None:
        left = line

        def trace(frame: FrameType, event: str, argument: object) -> Any:
            nonlocal left
            if frame.f_code.co_filename not in WATCHED:
                return None
            if event == "line":
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        work()

    return act


def killed(asked: Appointment, server: BadServer, step: int) -> dict[str, Any]:
    """How many workers were killed, how many mails were lost, and of the copies how many nothing explains."""
    kills, lost, copies, unexplained, line = 0, 0, 0, 0, 1
    while True:
        message = write(asked, f"line {line}")
        died = in_child(killed_at(line)) == -signal.SIGKILL
        before = server.times(message.message_id)
        in_child(lambda: work(deliver.LEASE + timedelta(seconds=1)))
        message.refresh_from_db()
        after = server.times(message.message_id)
        kills += died
        lost += after == 0 or message.state != MessageState.SENT
        copies += after == 2
        # A copy goes out only where the first was taken and its worker did not live to write that down.
        unexplained += after > 2 or (after == 2 and not (died and before == 1))
        if not died:
            return {"kills": kills, "lost": lost, "copies": copies, "unexplained": unexplained}
        line += step


def forgetful(asked: Appointment, server: BadServer, step: int) -> dict[str, Any]:
    """The negative control: sent at most once is sent never, if the worker dies in between."""
    honest, leased = deliver.attempt, post.leased

    def too_early(message: Message, send: deliver.Send, clock: Callable[[], datetime]) -> None:
        Message.objects.filter(pk=message.pk).update(
            state=MessageState.SENT, sent_at=clock(), lease="", leased_until=None
        )
        send(message, clock())

    deliver.attempt, post.leased = too_early, whatever_its_state
    try:
        return killed(asked, server, step)
    finally:
        deliver.attempt, post.leased = honest, leased
