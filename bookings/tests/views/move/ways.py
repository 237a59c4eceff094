"""The way to another time."""

from datetime import datetime

from bookings.models import Appointment
from bookings.templatetags.diary import instant
from bookings.tests.browser import Visitor


def path(asked: Appointment) -> str:
    return f"{asked.patient_path()}move/"


def to_check(visitor: Visitor, asked: Appointment, start: datetime, **chosen: str) -> Visitor:
    sent = {"start": instant(start), **chosen}
    return visitor.arrive(visitor.client.post(path(asked), sent, follow=True), path(asked))
