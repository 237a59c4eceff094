"""Moving appointments: the row, the state and the reference stay; the old time is free at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from bookings import lifecycle
from bookings.actions.claims import lock_owners, take
from bookings.actions.overlaps import overlap_is_slot_taken
from bookings.actions.tell import tell_of
from bookings.actions.waitlist import offer_freed
from bookings.enums import Actor, Rule, State
from bookings.exceptions import ChangedMeanwhile, Obstructed, SlotTaken, TooLate, TransitionNotAllowed
from bookings.models import Appointment, Claim, Transition
from bookings.queries.obstacles import ANSWERED_LATER, obstacles
from bookings.queries.openings import offered
from bookings.queries.wish import Wish, practitioners_for, wish_for
from clinic.enums import LateChanges
from clinic.models import Clinic, Practitioner


@dataclass(frozen=True)
class Move:
    """One appointment's new start (aware); with a practitioner, or with whoever is free: first the one it was with.

    `seen` is the start that the page showed: should it be another by now, nothing is moved.
    """

    appointment: Appointment
    start: datetime
    practitioner: Practitioner | None = None
    seen: datetime | None = None


def move(
    *,
    moves: Sequence[Move],
    actor: Actor,
    now: datetime,
    by: User | None = None,
    reason: str = "",
    offered_by_us: bool = False,
) -> None:
    """Move these appointments, all or none; one that is there already stays.

    Age and waiting times are checked again, and the distances of a course where staff move one session of it; they
    pass them with a reason. Raises SlotTaken, ChangedMeanwhile,
    TransitionNotAllowed for one that is over, TooLate for a patient who must call (not where the clinic offered the
    time), Obstructed by rules.
    """
    with overlap_is_slot_taken(), transaction.atomic():
        lock_all(moves)
        wanted = [(current_of(one), one) for one in moves]
        wanted = [(appointment, one) for appointment, one in wanted if not is_there(appointment, one)]
        for appointment, one in wanted:
            require_movable(appointment, one)
            if actor == Actor.PATIENT and not offered_by_us:
                require_in_time(appointment, Clinic.objects.current(), now=now)
        before = [(appointment.starts_at, appointment.practitioner) for appointment, _one in wanted]
        alone = actor == Actor.STAFF and len(wanted) == 1
        overrode = [broken_rules(appointment, one, actor, reason, now, alone=alone) for appointment, one in wanted]
        Claim.objects.filter(appointment__in=[appointment for appointment, _one in wanted]).delete()
        steps = []
        for (appointment, one), (old_start, _old), rules in zip(wanted, before, overrode, strict=True):
            put(appointment, one, now, freely=offered_by_us or actor == Actor.STAFF)
            step = Transition.objects.create(
                appointment=appointment,
                from_state=appointment.state,
                to_state=appointment.state,
                at=now,
                actor=actor,
                user=by,
                reason=reason,
                moved_from=old_start,
                moved_to=appointment.starts_at,
                overrode=",".join(rules),
            )
            steps.append(step)
        for (appointment, _one), (old_start, old), step in zip(wanted, before, steps, strict=True):
            offer_freed(appointment, starts_at=old_start, practitioner=old, now=now)
            tell_of(appointment, step, old=old)


def lock_all(moves: Sequence[Move]) -> None:
    """Everyone and every room that any of the moves leaves or may take, in one fixed order.

    Everyone who might, also where a move names one: another window may have moved it to somebody else meanwhile.
    """
    people = {
        person.pk for one in moves for person in practitioners_for(one.appointment.type, one.appointment.location)
    }
    lock_owners([one.appointment for one in moves], *people)


def candidates(one: Move) -> list[Practitioner]:
    everyone = practitioners_for(one.appointment.type, one.appointment.location)
    return [person for person in everyone if one.practitioner is None or person == one.practitioner]


def current_of(one: Move) -> Appointment:
    """The appointment as the database holds it now, locked."""
    rows = Appointment.objects.select_for_update(of=("self",))
    found = rows.select_related("type", "location", "practitioner", "treatment", "patient", "course__consultation")
    return found.get(pk=one.appointment.pk)


def is_there(appointment: Appointment, one: Move) -> bool:
    same_person = one.practitioner is None or one.practitioner == appointment.practitioner
    return appointment.starts_at == one.start and same_person


def require_movable(appointment: Appointment, one: Move) -> None:
    if State(appointment.state) not in lifecycle.BOOKED:
        raise TransitionNotAllowed(appointment.state, "moved")
    if one.seen and appointment.starts_at != one.seen:
        raise ChangedMeanwhile


def require_in_time(appointment: Appointment, clinic: Clinic, *, now: datetime) -> None:
    """Raises TooLate where the patient must call: the time has come, or it is late and the clinic wants a call."""
    if appointment.starts_at <= now or (is_late(appointment, clinic, now) and must_call(clinic)):
        raise TooLate


def is_late(appointment: Appointment, clinic: Clinic, now: datetime) -> bool:
    return appointment.starts_at - timedelta(hours=clinic.late_hours) <= now


def must_call(clinic: Clinic) -> bool:
    return clinic.late_changes == LateChanges.BY_PHONE


def broken_rules(
    appointment: Appointment, one: Move, actor: Actor, reason: str, now: datetime, *, alone: bool
) -> list[Rule]:
    """The rules that the new time breaks. Raises Obstructed unless staff give a reason to override them."""
    broken = obstacles(appointment, now=now, start=one.start, alone=alone)
    found = [rule for rule in broken if rule not in ANSWERED_LATER]
    if found and not (actor == Actor.STAFF and reason):
        raise Obstructed(found)
    return found


def wish_of(appointment: Appointment, *, by_staff: bool = False, moving: Sequence[Appointment] = ()) -> Wish:
    """What an appointment can be moved to: the same type and place, with its own time out of the way."""
    keys = frozenset([appointment.pk, *(one.pk for one in moving)])
    return wish_for(appointment.type, appointment.location, moving=keys, by_staff=by_staff)


def put(appointment: Appointment, one: Move, now: datetime, *, freely: bool) -> None:
    """Give an appointment whose claims are gone its new time. Raises SlotTaken if that is not offered.

    `freely`: with no notice and no horizon, for staff and for what the clinic itself held for the patient.
    """
    wish = wish_for(appointment.type, appointment.location, people=candidates(one), by_staff=freely)
    found = offered(wish, one.start, now=now)
    if found is None:
        raise SlotTaken
    if appointment.practitioner not in found.people:
        appointment.practitioner = found.people[0]
    length = appointment.type.visit.duration
    appointment.starts_at, appointment.ends_at = one.start, one.start + length
    appointment.save(update_fields=["starts_at", "ends_at", "practitioner"])
    take(appointment, rooms=found.rooms, now=now)
