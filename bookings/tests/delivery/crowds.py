"""Several workers at once."""

from datetime import datetime
from typing import Any

from django.db import connections

from bookings.actions import deliver, post
from bookings.models import Appointment, Message
from bookings.tests.delivery.mail_server import BadServer
from bookings.tests.delivery.working import FORK, whatever_its_state, work, write

WORKERS, MESSAGES = 4, 40


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
