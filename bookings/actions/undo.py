"""Taking back the last step, when staff pressed the wrong button or a patient changed their mind."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from bookings import lifecycle
from bookings.actions.claims import lock_for, take
from bookings.actions.overlaps import overlap_is_slot_taken
from bookings.actions.tell import tell_of
from bookings.enums import Actor, State
from bookings.exceptions import SlotTaken, TransitionNotAllowed
from bookings.models import Appointment, Transition
from bookings.queries.diary import read_diary
from bookings.queries.obstacles import obstacles
from bookings.queries.wish import Wish


def undo(*, appointment: Appointment, now: datetime, by: User, reason: str) -> Appointment:
    """Take back the last step of an appointment, and claim its time again where that had been freed.

    The rules it breaks when it is confirmed anew are logged with the reason, which must not be empty (ValueError).
    Raises TransitionNotAllowed if there is nothing to take back, SlotTaken if its time or its place in a course has
    been given away.
    """
    if not reason:
        raise ValueError("taking a step back needs a reason")
    with overlap_is_slot_taken(), transaction.atomic():
        lock_for(appointment.type, appointment.location, [appointment.practitioner_id])
        found = current(appointment)
        step = last_step(found)
        if step is None:
            raise TransitionNotAllowed(found.state, "undone")
        before, after = step
        freed = after not in lifecycle.LIVE
        if after not in lifecycle.STANDING:
            require_place_in_course(found)
        if freed:
            claim_again(found, now=now)
        found.state, found.over_at = before, None
        found.save(update_fields=["state", "over_at"])
        step_back = Transition.objects.create(
            appointment=found,
            from_state=after,
            to_state=before,
            at=now,
            actor=Actor.STAFF,
            user=by,
            reason=reason,
            overrode=",".join(obstacles(found, now=now) if freed and before == State.CONFIRMED else []),
        )
        tell_of(found, step_back)
    return found


def current(appointment: Appointment) -> Appointment:
    """The appointment as the database holds it now, locked."""
    rows = Appointment.objects.select_for_update(of=("self",))
    return rows.select_related(
        "type", "location", "practitioner", "treatment", "patient", "course__consultation__location"
    ).get(pk=appointment.pk)


def last_step(appointment: Appointment) -> tuple[State, State] | None:
    """The step (from, to) that can be taken back now, or None."""
    # By key: the order in which they were written, whatever a clock said.
    steps = appointment.transitions.order_by("pk").values_list("from_state", "to_state")
    step = lifecycle.undoable(steps)
    return step if step and step[1] == appointment.state else None


def require_place_in_course(appointment: Appointment) -> None:
    """Raises SlotTaken if another appointment has become this session of the course."""
    others = Appointment.objects.filter(course=appointment.course, session_number=appointment.session_number)
    booked = others.filter(state__in=lifecycle.STANDING).exclude(pk=appointment.pk)
    if appointment.course and booked.exists():
        raise SlotTaken


def claim_again(appointment: Appointment, *, now: datetime) -> None:
    """Claim the appointment's own time, past or to come. Raises SlotTaken if someone or something else has it.

    Hours and notice do not matter: the time had been given to this patient before.
    """
    span = appointment.type.visit.claim(appointment.starts_at)
    wish = Wish(appointment.type, appointment.location, (appointment.practitioner,), by_staff=True)
    zone = appointment.location.zone
    first, last = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
    diary = read_diary(wish, first=first, last=last, now=now)
    rooms = diary.rooms_at(appointment.starts_at)
    if any(span.overlaps(other) for other in diary.taken[appointment.practitioner_id]) or not all(rooms):
        raise SlotTaken
    take(appointment, rooms=rooms, now=now)
