"""A patient cancels from their link."""

from datetime import datetime

from django.db import transaction

from bookings import lifecycle
from bookings.actions.change import change_state
from bookings.actions.move import require_in_time
from bookings.enums import Actor, State
from bookings.exceptions import TransitionNotAllowed
from bookings.models import Appointment
from clinic.models import Clinic


def cancel(*, appointment: Appointment, now: datetime, reason: str = "") -> Appointment:
    """Cancel a coming appointment, once: cancelling it again changes nothing. Its time is free at once.

    Raises TooLate where the patient must call, TransitionNotAllowed for one that is over or was declined.
    """
    with transaction.atomic():
        found = Appointment.objects.select_related("type", "location", "practitioner").get(pk=appointment.pk)
        if found.state == State.CANCELLED:
            return found
        if found.state not in lifecycle.BOOKED:
            raise TransitionNotAllowed(found.state, State.CANCELLED)
        require_in_time(found, Clinic.objects.current(), now=now)
        try:
            return change_state(appointment=found, to=State.CANCELLED, actor=Actor.PATIENT, now=now, reason=reason)
        except TransitionNotAllowed as refused:
            if refused.current != State.CANCELLED:
                raise
            found.refresh_from_db()  # cancelled in another window in this moment
            return found
