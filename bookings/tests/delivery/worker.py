"""Proofs on the database of the environment: `python -m bookings.tests.delivery.worker PROOF [STEP]`; prints JSON.

`killed`: a worker is killed at one line after the other (each STEP-th) of what sends a mail.
`forgetful`: the same with a worker that says “sent” before it sends. `many`: several workers share the rows.
`careless`: they do not lease them. `faults`: the server refuses, stalls, drops the line and asks to come back.
"""

import json
import multiprocessing
import os
import signal
import smtplib
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  (only now are the apps ready)
from django.core.mail.backends import smtp  # noqa: E402
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from bookings.actions import deliver, outbox, post  # noqa: E402
from bookings.channels import email  # noqa: E402
from bookings.enums import MessageKind, MessageState  # noqa: E402
from bookings.models import Appointment, Message  # noqa: E402
from bookings.tests.actions.waiting import patient  # noqa: E402
from bookings.tests.delivery.mail_server import BadServer, running  # noqa: E402
from bookings.tests.factories import Diary  # noqa: E402

FORK = multiprocessing.get_context("fork")
WATCHED = {module.__file__ for module in (deliver, post, email, smtp, smtplib)}
WORKERS, MESSAGES = 4, 40
# More than any honest worker needs: a control that never settles must end all the same.
TURNS = 20
Act = Callable[[], None]


def main(proof: str, step: int) -> None:
    with running(BadServer()) as (server, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
        settings.DEFAULT_FROM_EMAIL = "clinic@clinic.example"
        diary = Diary(now=timezone.now(), signed=False)
        asked = diary.request(diary.at(7 - diary.now.weekday(), 10))
        Message.objects.all().delete()
        print(json.dumps(PROOFS[proof](asked, server, step)))


def write(asked: Appointment, event: str, to: str = "") -> Message:
    """One mail that is due now."""
    now = timezone.now()
    whose = asked.patient
    if to:
        whose = patient_of(to, now)
    return outbox.write(kind=MessageKind.REQUESTED, event=event, due_at=now, now=now, appointment=asked, patient=whose)


def patient_of(to: str, now: datetime) -> Any:
    class At:
        pass

    at: Any = At()
    at.now = now
    return patient(at, email=to)


def work(at: timedelta = timedelta(0)) -> None:
    """What `manage.py deliver` does once, so much later."""
    for _ in range(TURNS):
        if not deliver.deliver(send=post.post, clock=lambda: timezone.now() + at):
            return
    raise RuntimeError("there was always something left to send")


def in_child(act: Act) -> int:
    """Run something in a process of its own; returns its exit code, which is negative if it was killed."""
    connections.close_all()
    child = FORK.Process(target=act)
    child.start()
    child.join()
    return int(child.exitcode or 0)


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


def whatever_its_state(message: Message) -> Message:
    return Message.objects.select_related(*post.RELATED).get(pk=message.pk)


def many(asked: Appointment, server: BadServer, step: int) -> dict[str, Any]:
    """How often each of many mails was taken when several workers come at once."""
    messages = [write(asked, f"one of many {number}") for number in range(MESSAGES)]
    connections.close_all()
    barrier = FORK.Barrier(WORKERS)

    def act() -> None:
        barrier.wait(60)
        work()

    workers = [FORK.Process(target=act) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return {"times": [server.times(message.message_id) for message in messages]}


def careless(asked: Appointment, server: BadServer, step: int) -> dict[str, Any]:
    """The negative control: workers that do not lease what they take."""

    def lease(*, now: datetime, most: int) -> list[Message]:
        found = list(Message.objects.ready(at=now)[:most])
        for one in found:
            one.leased_until = now + deliver.LEASE
        return found

    def settle(message: Message, **values: object) -> None:
        Message.objects.filter(pk=message.pk).update(**values)

    deliver.lease, deliver.renew, deliver.settle = lease, lambda message, now: True, settle
    post.leased = whatever_its_state
    return many(asked, server, step)


def faults(asked: Appointment, server: BadServer, step: int) -> dict[str, Any]:
    """What became of mails to a server in a bad mood, and how often each was taken."""
    moods = ["fine", "later", "refuse", "drop", "stall"]
    messages = {mood: write(asked, mood, f"{mood}@example.com") for mood in moods}
    for hours in range(4):
        work(timedelta(hours=hours))
    found = {}
    for mood, message in messages.items():
        message.refresh_from_db()
        found[mood] = [str(message.state), message.attempts, server.times(message.message_id)]
    return {"found": found, "unsaid": len(server.unsaid)}


PROOFS: dict[str, Callable[[Appointment, BadServer, int], dict[str, Any]]] = {
    proof.__name__: proof for proof in (killed, forgetful, many, careless, faults)
}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1)
