"""Messages, and what staff do with them."""

from datetime import datetime
from typing import Any

from django.test import Client

from bookings.enums import MessageState
from bookings.models import Appointment, Message
from bookings.tests.admin.staff import member, signed_in
from bookings.tests.words.said import message
from clinic.tests.markup import read

LIST = "/admin/bookings/message/"


def told(appointment: Appointment, now: datetime, kind: str = "confirmed", **values: Any) -> Message:
    """A message that was given up."""
    return message(
        kind, appointment, now, **{"state": MessageState.FAILED, "problem": "Refused", "attempts": 3, **values}
    )


def press(client: Client, one: Message, end: str) -> str:
    return read(client.post(f"{LIST}{one.pk}/{end}/", follow=True)).text


def listed(client: Client, query: str = "") -> set[Message]:
    return set(client.get(LIST + query).context["cl"].result_list)


def desk() -> Client:
    return signed_in(member("view_message", "change_message", "view_patient", "view_appointment", name="desk"))
