"""From the first request to the day after: every mail, in order, once, at its hour."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
import time_machine

from bookings.actions.change import change_state
from bookings.actions.deliver import deliver
from bookings.actions.post import post
from bookings.enums import Actor, Kind, State
from bookings.models import Appointment, Message
from bookings.templatetags.diary import instant
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.delivery.mail_server import BadServer, running
from bookings.tests.diary import Diary
from bookings.tests.prepared import sit_down

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Mailbox(BadServer):
    """A mail server that keeps what it gets, with the hour at which it came."""

    def __init__(self) -> None:
        super().__init__()
        self.clock: datetime | None = None
        self.mails: list[tuple[datetime, Any]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        assert self.clock
        self.mails.append((self.clock, message_from_bytes(envelope.content, policy=policy.default)))
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with running(Mailbox()) as (server, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield server


def let_pass(mailbox: Mailbox, first: datetime, last: datetime) -> None:
    """A worker looks every ten minutes from `first` up to, not including, `last`."""
    now = first
    while now < last:
        mailbox.clock = now
        while deliver(send=post, clock=lambda now=now: now):
            pass
        now += timedelta(minutes=10)


def book(diary: Diary, visitor: Visitor, start: datetime) -> Appointment:
    path = f"/en/book/{diary.treatment.slug}/at/{diary.location.slug}/"
    visitor.arrive(visitor.client.post(path, {"start": instant(start)}, follow=True), path)
    visitor.press("Continue", **TYPED)
    visitor.press("Ask for this appointment")
    return Appointment.objects.get()


def test_booked_confirmed_moved_and_completed(now: datetime, mailbox: Mailbox) -> None:
    diary, visitor = Diary(now=now, kind=Kind.SESSION), Visitor()
    diary.treatment.needs_consultation = False
    diary.treatment.save()
    first, moved_to = diary.at(10, 10), diary.at(11, 14, 30)
    with time_machine.travel(now, tick=False) as clock:
        sit_down(visitor.client, diary)
        asked = book(diary, visitor, first)
        let_pass(mailbox, now, now + HOUR)
        change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=now + HOUR)
        let_pass(mailbox, now + HOUR, now + 50 * HOUR)
        clock.move_to(now + 50 * HOUR)
        visitor.get(asked.patient_path()).follow("Move it")
        path = f"{asked.patient_path()}move/"
        visitor.arrive(visitor.client.post(path, {"start": instant(moved_to)}, follow=True), path)
        visitor.press("Move it")
    asked.refresh_from_db()
    assert asked.starts_at == moved_to
    let_pass(mailbox, now + 50 * HOUR, moved_to)
    for to, at in [(State.ARRIVED, moved_to), (State.COMPLETED, asked.ends_at + timedelta(minutes=10))]:
        change_state(appointment=asked, to=to, actor=Actor.STAFF, now=at)
    let_pass(mailbox, asked.ends_at + timedelta(minutes=10), moved_to + timedelta(days=20))

    zone, box = diary.location.zone, [(at, one) for at, one in mailbox.mails if one["To"] == TYPED["email"]]
    assert [(f"{at.astimezone(zone):%a %d %b %H:%M}", one["Subject"]) for at, one in box] == [
        ("Mon 07 Dec 09:00", f"We have your request ({asked.reference})"),
        ("Mon 07 Dec 10:00", f"Your appointment is confirmed ({asked.reference})"),
        ("Wed 09 Dec 11:00", f"Your appointment has changed ({asked.reference})"),
        ("Fri 11 Dec 14:30", "Your appointment on Fri 18 Dec, 14:30 Berlin time"),
        ("Wed 16 Dec 14:30", "Your appointment on Fri 18 Dec, 14:30 Berlin time"),
        ("Fri 18 Dec 11:30", "Your appointment on Fri 18 Dec, 14:30 Berlin time"),
        ("Fri 18 Dec 15:10", "After your appointment: what helps now"),
        ("Sat 19 Dec 15:10", "How are you?"),
    ]
    texts = [one.get_body(("plain",)).get_content() for _at, one in box]
    assert all("Friday 18 December 2026, 14:30–15:00, Berlin time (CET)" in text for text in texts[2:6])
    assert "Until Friday 18 December, 19:10: Do not wear make-up" in texts[6], "from the true end"
    ids = [one["Message-ID"] for _at, one in box]
    assert len(set(ids)) == len(ids)
    assert not Message.objects.live().exists()
