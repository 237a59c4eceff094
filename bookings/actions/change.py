"""The one function that changes an appointment's state."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from bookings import lifecycle
from bookings.actions.claims import lock_owners
from bookings.actions.waitlist import offer_freed
from bookings.enums import Actor, State
from bookings.exceptions import Obstructed, TransitionNotAllowed
from bookings.models import Appointment, Transition
from bookings.queries.obstacles import obstacles


@transaction.atomic
def change_state(
    *,
    appointment: Appointment,
    to: State,
    actor: Actor,
    now: datetime,
    by: User | None = None,
    reason: str = "",
    override: bool = False,
) -> Appointment:
    """Move an appointment to `to`, write the log, and free its time where the new state keeps no claim.

    The patient and the times of hold and request are saved with it. Raises TransitionNotAllowed if `to` may not
    follow the state that the database holds now, whatever the caller has in hand, and Obstructed where rules stand
    in the way of confirming; staff override them with a reason. Freed time is offered to the waiting list.
    """
    frees = to not in lifecycle.LIVE
    if frees:
        lock_owners([appointment])
    current = State(Appointment.objects.select_for_update().get(pk=appointment.pk).state)
    if not lifecycle.may_follow(current, to):
        raise TransitionNotAllowed(current, to)
    overrode = obstacles(appointment, now=now) if to == State.CONFIRMED else []
    if overrode and not (override and reason):
        raise Obstructed(overrode)
    appointment.state = to
    appointment.save(update_fields=["state", "patient", "held_until", "requested_at"])
    Transition.objects.create(
        appointment=appointment,
        from_state=current,
        to_state=to,
        at=now,
        actor=actor,
        user=by,
        reason=reason,
        overrode=",".join(overrode),
    )
    if frees:
        appointment.claims.all().delete()
        offer_freed(appointment, starts_at=appointment.starts_at, practitioner=appointment.practitioner, now=now)
    return appointment
