"""A worker that sends what is due, in this process or in a child of it."""

import multiprocessing
from collections.abc import Callable
from datetime import timedelta

from django.db import connections
from django.utils import timezone

from bookings.actions import deliver, outbox, post
from bookings.enums import Channel, MessageKind
from bookings.models import Appointment, Message, Patient

FORK = multiprocessing.get_context("fork")
# More than any honest worker needs: a control that never settles must end all the same.
TURNS = 20
Act = Callable[[], None]


def write(asked: Appointment, event: str, to: str = "") -> Message:
    """One mail that is due now, to whoever asked or to somebody at another address."""
    now, whose = timezone.now(), asked.patient
    if to:
        values = {"name": to, "email": to, "phone": "+4915112345678", "language": "en"}
        whose = Patient.objects.create(channel=Channel.EMAIL, created_at=now, **values)
    return outbox.write(kind=MessageKind.REQUESTED, event=event, due_at=now, now=now, appointment=asked, patient=whose)


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


def whatever_its_state(message: Message) -> Message:
    """What a control sends that does not ask who has the lease."""
    return Message.objects.select_related(*post.RELATED).get(pk=message.pk)
