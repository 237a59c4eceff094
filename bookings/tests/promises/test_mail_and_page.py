"""What a mail says of a time is what the page says of it."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail

from bookings.actions.change import change_state
from bookings.actions.deliver import deliver
from bookings.actions.move import Move, move
from bookings.actions.post import post
from bookings.enums import Actor, State
from bookings.models import Appointment
from bookings.tests.answered import answered
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db
# In Berlin clocks go back on 25 October 2026; Dubai has one offset; Tehran's is not a whole hour.
PLACES = [
    ("Europe/Berlin", datetime(2026, 10, 21, 8, tzinfo=UTC), "Berlin time (CE"),
    ("Asia/Dubai", datetime(2026, 12, 7, 8, tzinfo=UTC), "(+04)"),
    ("Asia/Tehran", datetime(2026, 12, 7, 8, tzinfo=UTC), "(+0330)"),
]


def mails(now: datetime) -> list[str]:
    mail.outbox.clear()
    deliver(send=post, clock=lambda: now)
    return [one.body for one in mail.outbox if one.to == ["ada@example.com"]]


def on_the_page(appointment: Appointment, now: datetime) -> str:
    """Day, hours and zone as the ticket on the appointment's page has them."""
    with time_machine.travel(now, tick=False):
        return Visitor().get(appointment.patient_path()).main.one("p", class_="ticket__when").text


@pytest.mark.parametrize(("zone", "now", "named"), PLACES)
def test_promise_07_a_mail_says_the_time_and_zone_of_the_page(zone: str, now: datetime, named: str) -> None:
    diary = Diary(now=now)
    diary.location.time_zone = zone
    diary.location.save()
    asked = diary.request(diary.at(7, 10).astimezone(UTC))
    answered(asked)
    asked = Appointment.objects.select_related("location", "type", "patient").get(pk=asked.pk)
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=now)
    confirmed, first = mails(now), on_the_page(asked, now)
    move(moves=[Move(asked, diary.at(7, 14).astimezone(UTC))], actor=Actor.STAFF, now=now)
    moved, second = mails(now), on_the_page(asked, now)
    reminded = mails(diary.at(5, 14))
    assert first != second
    for told, said in ((confirmed, first), (moved, second), (reminded, second)):
        assert named in said
        assert told
        assert all(said in one.replace(",", "") for one in told)
