"""The one function that changes an appointment's state."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from bookings import lifecycle
from bookings.enums import Actor, State
from bookings.exceptions import TransitionNotAllowed
from bookings.models import Appointment, Transition


@transaction.atomic
def change_state(
    *,
    appointment: Appointment,
    to: State,
    actor: Actor,
    now: datetime,
    by: User | None = None,
    reason: str = "",
) -> Appointment:
    """Move an appointment to `to`, write the log, and free its time where the new state keeps no claim.

    The patient and the times of hold and request are saved with it. Raises TransitionNotAllowed if `to` may not
    follow the state that the database holds now, whatever the caller has in hand.
    """
    current = State(Appointment.objects.select_for_update().get(pk=appointment.pk).state)
    if not lifecycle.may_follow(current, to):
        raise TransitionNotAllowed(current, to)
    appointment.state = to
    appointment.save(update_fields=["state", "patient", "held_until", "requested_at"])
    Transition.objects.create(
        appointment=appointment, from_state=current, to_state=to, at=now, actor=actor, user=by, reason=reason
    )
    if to not in lifecycle.LIVE:
        appointment.claims.all().delete()
    return appointment
