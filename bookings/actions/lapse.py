"""Closing the requests that nobody answered before their time came."""

from datetime import datetime

from bookings import lifecycle
from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.exceptions import TransitionNotAllowed
from bookings.models import Appointment


def lapse_unanswered(*, now: datetime) -> int:
    """Each in a transaction of its own; returns how many."""
    lapsed = 0
    overdue = Appointment.objects.filter(state__in=lifecycle.WAITING, starts_at__lte=now).order_by("starts_at", "pk")
    for appointment in overdue.select_related("type", "location", "practitioner"):
        try:
            change_state(appointment=appointment, to=State.LAPSED, actor=Actor.SYSTEM, now=now)
        except TransitionNotAllowed:
            continue  # answered in this moment
        lapsed += 1
    return lapsed
