"""What staff decide."""

from datetime import datetime

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment


def staff_say(appointment: Appointment, to: State, now: datetime, **values: object) -> Appointment:
    return change_state(appointment=appointment, to=to, actor=Actor.STAFF, now=now, **values)  # type: ignore[arg-type]
