"""The one function that changes an appointment's state."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from bookings import lifecycle
from bookings.actions.claims import lock_owners
from bookings.actions.leave import holds_for, take_off
from bookings.actions.tell import tell_of
from bookings.actions.waitlist import offer_freed
from bookings.care.due import AFTERCARE_WAITS
from bookings.enums import Actor, Rule, State
from bookings.exceptions import Obstructed, TransitionNotAllowed
from bookings.models import Appointment, Transition
from bookings.queries.obstacles import ANSWERED_LATER, obstacles


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
    in the way of a request or confirmation; staff override them with a reason. Freed time goes to the waiting list.
    """
    frees = to not in lifecycle.LIVE
    # Who waits for an earlier time instead of this one no longer does once it is over or given up.
    waiting = [] if to in lifecycle.BOOKED else list(appointment.waiting_entries.waiting())
    held = holds_for(waiting)
    if frees or held:
        lock_owners([appointment, *held])
    rows = Appointment.objects.select_for_update(of=("self",))
    gone = rows.select_related("type", "location", "practitioner").get(pk=appointment.pk)
    current = State(gone.state)
    if not lifecycle.may_follow(current, to):
        raise TransitionNotAllowed(current, to)
    # Moved since the caller read it, it is this time that is judged, told and planned for.
    for name in ("starts_at", "ends_at", "practitioner"):
        setattr(appointment, name, getattr(gone, name))
    # Staff book one session at a time; a patient's set was judged as a whole when it was held.
    alone = current == State.HELD and actor == Actor.STAFF
    overrode = in_the_way(appointment, to, now=now, alone=alone)
    if overrode and not (override and reason):
        raise Obstructed(overrode)
    appointment.state = to
    appointment.over_at = over_at(gone, now) if to == State.COMPLETED else None
    appointment.save(update_fields=["state", "patient", "held_until", "requested_at", "over_at"])
    step = Transition.objects.create(
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
        # As the database has it: it may have been moved since the caller read it.
        offer_freed(gone, starts_at=gone.starts_at, practitioner=gone.practitioner, now=now)
    take_off(waiting, held, now=now)
    tell_of(appointment, step)
    return appointment


def over_at(appointment: Appointment, now: datetime) -> datetime | None:
    """When a visit that is completed at `now` was really over; None: as planned, for what is noted down much later."""
    return now if appointment.starts_at < now <= appointment.ends_at + AFTERCARE_WAITS else None


def in_the_way(appointment: Appointment, to: State, *, now: datetime, alone: bool) -> list[Rule]:
    """The rules that keep an appointment from becoming a request, or from being confirmed; none for other states."""
    if to not in {State.REQUESTED, State.CONFIRMED}:
        return []
    found = obstacles(appointment, now=now, alone=alone)
    return found if to == State.CONFIRMED else [rule for rule in found if rule not in ANSWERED_LATER]
