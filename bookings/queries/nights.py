"""Keeping the quiet hours when a message is sent, not only when it is planned."""

from datetime import datetime, timedelta

from bookings.models import Message
from bookings.queries.visits import quiet_of
from clinic.models import Clinic

# What was written so lately answers what somebody does in this moment, such as a step made just before nine.
A_MOMENT = timedelta(minutes=5)


def night_is_over(message: Message, *, now: datetime) -> datetime | None:
    """Until when a message must wait at `now`, in UTC; None if it may go.

    What was planned for the night goes in it: it is about that day, or answers what its patient did in this moment.
    """
    location = message.offer.entry.location if message.offer else message.appointment and message.appointment.location
    if not location:
        return None
    quiet, zone = quiet_of(Clinic.objects.current()), location.zone
    if not quiet.hold(now, zone) or quiet.hold(message.due_at, zone) or now < message.created_at + A_MOMENT:
        return None
    start = message.offer.starts_at if message.offer else message.appointment and message.appointment.starts_at
    later = quiet.in_time(now, zone, start=start or now)
    is_too_late = message.not_after is not None and later > message.not_after
    return None if later <= now or is_too_late else later
