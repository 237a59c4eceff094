"""What the outbox holds, in a form that tests compare."""

from datetime import datetime, timedelta

from bookings.enums import MessageState
from bookings.models import Appointment, Message
from bookings.models.message import MessageQuerySet

TO_STAFF = "staff_"


def of(appointment: Appointment) -> MessageQuerySet:
    """What an appointment's patient is to be told, in the order of writing."""
    return Message.objects.filter(appointment=appointment).exclude(kind__startswith=TO_STAFF).order_by("pk")


def staff(appointment: Appointment) -> MessageQuerySet:
    return Message.objects.filter(appointment=appointment, kind__startswith=TO_STAFF).order_by("pk")


def waiting(messages: MessageQuerySet) -> list[str]:
    """The kinds still to be sent."""
    return [str(one.kind) for one in messages.filter(state=MessageState.WAITING)]


def due(appointment: Appointment) -> dict[str, datetime]:
    """When what hangs on the visit is to be sent, by its key, in the location's time without a zone."""
    rows = of(appointment).filter(state=MessageState.WAITING, event__startswith="appointment ")
    zone = appointment.location.zone
    return {one.event.partition(", ")[2]: one.due_at.astimezone(zone).replace(tzinfo=None) for one in rows}


def send_all(messages: MessageQuerySet, *, at: datetime) -> None:
    """As if a worker had sent what is due by then."""
    for one in messages.filter(state=MessageState.WAITING, due_at__lte=at):
        one.state, one.sent_at = MessageState.SENT, at
        one.save()


MINUTE = timedelta(minutes=1)
