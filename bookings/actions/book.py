"""From a held time to a request."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bookings.actions.booking import Booking, keep_booking, require_few_open
from bookings.actions.change import change_state
from bookings.actions.hold import locked, require_still_free
from bookings.actions.overlaps import overlap_is_slot_taken
from bookings.enums import Actor, Rule, State
from bookings.exceptions import Obstructed
from bookings.models import Appointment, WaitingEntry
from bookings.queries.obstacles import ANSWERED_LATER, obstacles


def request_appointment(*, reference: str, visitor: str, booking: Booking, now: datetime) -> Appointment:
    """Turn the visitor's hold into a request, once: asking again returns the same appointment.

    A hold that has run out is still good while the time is free. Where the type says so, and nothing stands in the
    way, it is confirmed at once. Raises HoldExpired if there is no such hold (or its time has passed), SlotTaken if
    the time was given to someone else, TooManyOpen, and Obstructed by a rule that patients cannot pass.
    """
    with overlap_is_slot_taken(), transaction.atomic():
        [appointment] = locked(Appointment.objects.filter(reference=reference, visitor=visitor))
        if appointment.state != State.HELD:
            return appointment
        require_still_free(appointment, now=now)
        require_few_open(booking.contact, now=now)
        ask([appointment], booking, now=now)
    return appointment


def ask(appointments: Sequence[Appointment], booking: Booking, *, now: datetime) -> None:
    """Make one person's locked holds requests, or confirm them at once. Raises Obstructed."""
    keep_booking(appointments, booking, now=now)
    leave_holds(appointments, now=now)


def ask_alone(hold: Appointment, *, entry: WaitingEntry, now: datetime) -> Appointment:
    """Make the locked hold of an offered place the request of the entry's patient, whose answers go with it."""
    hold.patient, hold.needs = entry.patient, entry.needs
    hold.save(update_fields=["needs"])
    # Only its own answers: one person may wait for two treatments.
    if entry.screening_id:
        entry.patient.screenings.filter(pk=entry.screening_id).update(appointment=hold)
    entry.patient.consents.filter(appointment=None).update(appointment=hold)
    return leave_hold(hold, now=now)


def leave_hold(appointment: Appointment, *, now: datetime) -> Appointment:
    """From *held* to *requested*, or *confirmed* where the type says so and nothing stands in the way."""
    leave_holds([appointment], now=now)
    return appointment


def leave_holds(appointments: Sequence[Appointment], *, now: datetime) -> None:
    """The same for several, of which all or none are confirmed at once. Raises Obstructed."""
    found = [rule for appointment in appointments for rule in obstacles(appointment, now=now)]
    if blocking := [rule for rule in Rule if rule in found and rule not in ANSWERED_LATER]:
        raise Obstructed(blocking)
    at_once = not found and all(appointment.type.auto_confirm for appointment in appointments)
    for appointment in appointments:
        appointment.held_until, appointment.requested_at = None, now
        to = State.CONFIRMED if at_once else State.REQUESTED
        change_state(appointment=appointment, to=to, actor=Actor.PATIENT, now=now)
