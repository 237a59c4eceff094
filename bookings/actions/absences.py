"""Time off and closures: saved only together with what was decided about every appointment they hit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from bookings.actions.change import change_state
from bookings.actions.claims import clear_the_way
from bookings.actions.move import Move, move
from bookings.actions.overlaps import lock, overlap_is_slot_taken
from bookings.actions.waitlist import pass_on
from bookings.enums import Actor, OfferState, State
from bookings.exceptions import BeingBooked, SlotTaken, Undecided
from bookings.models import Appointment, Claim, Closure, Resource, TimeOff
from bookings.queries.absences import hit_by, interval_of, place_offered, stand_ins
from clinic.models import Practitioner


class Verdict(StrEnum):
    """What becomes of an appointment that an absence hits."""

    HAND_OVER = "hand_over"
    CANCEL = "cancel"
    KEEP = "keep"


@dataclass(frozen=True)
class Decision:
    """A verdict, with who or which room stands in (for a hand-over) and the reason that goes into the log."""

    verdict: Verdict
    to: Practitioner | Resource | None = None
    reason: str = ""


# By the key of the appointment.
Decisions = Mapping[int, Decision]


def take_time_off(*, time_off: TimeOff, decisions: Decisions, now: datetime, by: User | None = None) -> None:
    """Save time off of a person or a room, new or changed, and carry out every decision: all or nothing.

    Raises Undecided if it hits an appointment without a decision (someone may have booked meanwhile), BeingBooked if
    a visitor holds a time in it, SlotTaken if a stand-in is no longer free.
    """
    settle(time_off, decisions, now=now, by=by)


def close(*, closure: Closure, decisions: Decisions, now: datetime, by: User | None = None) -> None:
    """Save a closure, new or changed, and carry out every decision: all or nothing. Raises as `take_time_off`."""
    settle(closure, decisions, now=now, by=by)


def settle(absence: TimeOff | Closure, decisions: Decisions, *, now: datetime, by: User | None) -> None:
    with overlap_is_slot_taken(), transaction.atomic():
        # It happens seldom, and a decision may reach anyone: everybody waits for a moment, and nobody for each other.
        lock(Practitioner.objects.all(), Resource.objects.all())
        # Read again behind the locks: from here on nobody can book into it.
        hit = hit_by(absence, now=now)
        if any(one.state == State.HELD and not place_offered(one) for one in hit):
            raise BeingBooked
        if any(one.pk not in decisions for one in hit):
            raise Undecided
        # Saved first: a time that a decision frees is not offered to the waiting list.
        absence.save()
        for one in hit:
            carry_out(decisions[one.pk], one, absence, now=now, by=by)


def carry_out(
    decision: Decision, appointment: Appointment, absence: TimeOff | Closure, *, now: datetime, by: User | None
) -> None:
    if decision.verdict == Verdict.KEEP:
        return
    if decision.verdict == Verdict.CANCEL:
        cancel(appointment, decision.reason, now=now, by=by)
    elif isinstance(decision.to, Practitioner):
        # With a reason: rules that the appointment breaks already do not keep it from another practitioner.
        reason = decision.reason or _("Handed over: %(who)s is away.") % {"who": appointment.practitioner}
        wanted = Move(appointment, appointment.starts_at, decision.to, seen=appointment.starts_at)
        move(moves=[wanted], actor=Actor.STAFF, now=now, by=by, reason=reason)
    elif isinstance(decision.to, Resource) and isinstance(absence, TimeOff):
        change_room(appointment, absence, decision.to, now=now)


def cancel(appointment: Appointment, reason: str, *, now: datetime, by: User | None) -> None:
    """A request is declined, an appointment cancelled, a place that is kept for the waiting list taken back."""
    if offered := place_offered(appointment):
        pass_on(offered, OfferState.EXPIRED, now=now)
        return
    to = State.DECLINED if appointment.state == State.REQUESTED else State.CANCELLED
    change_state(appointment=appointment, to=to, actor=Actor.STAFF, now=now, by=by, reason=reason)


def change_room(appointment: Appointment, absence: TimeOff, to: Resource, *, now: datetime) -> None:
    """Raises SlotTaken if the other room is not free, or not one of the kind."""
    if to not in stand_ins(absence, [appointment], now=now).get(appointment.pk, []):
        raise SlotTaken
    claim = Claim.objects.get(appointment=appointment, resource=absence.resource)
    clear_the_way([{"resource_id": to.pk}], interval_of(claim), now=now)
    claim.resource = to
    claim.save(update_fields=["resource"])
