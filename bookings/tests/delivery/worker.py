"""Proofs on the database of the environment: `python -m bookings.tests.delivery.worker PROOF [STEP]`; prints JSON.

`killed`: a worker is killed at one line after the other (each STEP-th) of what sends a mail.
`forgetful`: the same with a worker that says “sent” before it sends. `many`: several workers share the rows.
`careless`: they do not lease them. `faults`: the server refuses, stalls, drops the line and asks to come back.
"""

import json
import sys
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  (only now are the apps ready)
from django.utils import timezone  # noqa: E402

from bookings.models import Appointment, Message  # noqa: E402
from bookings.tests.delivery.crowds import careless, many  # noqa: E402
from bookings.tests.delivery.kills import forgetful, killed  # noqa: E402
from bookings.tests.delivery.mail_server import BadServer, running  # noqa: E402
from bookings.tests.delivery.working import work, write  # noqa: E402
from bookings.tests.diary import Diary  # noqa: E402
from clinic.models import Clinic  # noqa: E402


def main(proof: str, step: int) -> None:
    with running(BadServer()) as (server, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
        settings.DEFAULT_FROM_EMAIL = "clinic@clinic.example"
        diary = Diary(now=timezone.now(), signed=False)
        # The proofs run at any hour: nothing waits for the morning.
        Clinic.objects.update(quiet_from=time(0), quiet_until=time(0))
        asked = diary.request(diary.at(7 - diary.now.weekday(), 10))
        Message.objects.all().delete()
        print(json.dumps(PROOFS[proof](asked, server, step)))


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
