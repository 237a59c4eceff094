"""Telling patients and staff of a change, in its own transaction: every row is one event of the log."""

from django.db import connection

from bookings.actions.outbox import plan_messages
from bookings.actions.tell_patient import kind_of, tell_patient
from bookings.actions.tell_staff import tell_clinic, tell_practitioner
from bookings.enums import MessageKind, MessageState, State
from bookings.models import Appointment, Message, Transition
from bookings.queries.visits import quiet_of
from clinic.models import Clinic, Practitioner

IN_A_DIARY = (MessageKind.CONFIRMED, MessageKind.MOVED, MessageKind.CANCELLED)


def tell_of(appointment: Appointment, step: Transition, *, old: Practitioner | None = None) -> None:
    """Write what one line of the log means for the patient and for staff, and bring the reminders in line with it.

    `old`: with whom the appointment was, where a move gave it to somebody else.
    """
    now, kind, clinic = step.at, kind_of(step), Clinic.objects.current()
    awake = quiet_of(clinic).in_time(now, appointment.location.zone, start=appointment.starts_at)
    if kind and step.from_state == State.REQUESTED:
        hand_on(appointment)
    if kind:
        tell_patient(appointment, kind, step, awake)
    plan_messages(appointment, now=now)
    if before := session_before(appointment):
        plan_messages(before, now=now)
    tell_clinic(appointment, step, clinic)
    if kind in IN_A_DIARY or (kind and step.from_state == State.CONFIRMED):
        for practitioner in {appointment.practitioner, old or appointment.practitioner}:
            tell_practitioner(appointment, practitioner, step, awake, language=clinic.default_language)


def hand_on(appointment: Appointment) -> None:
    """Where a session is answered before the course was acknowledged, that word goes on to one that still waits."""
    if appointment.course is None:
        return
    waits = appointment.course.appointments.filter(state=State.REQUESTED).exclude(pk=appointment.pk)
    if other := waits.order_by("session_number").first():
        unsent = Message.objects.filter(appointment=appointment, state__in=[MessageState.WAITING, MessageState.FAILED])
        word = unsent.filter(event__startswith=f"course {appointment.course.pk}, ")
        word.update(appointment=other, not_after=other.starts_at)


def session_before(appointment: Appointment) -> Appointment | None:
    """The completed session of the course that this one comes after: whether the next is due hangs on this one.

    Locked; None if somebody else has it: nobody waits for one visit with another in hand, and `plan_all` comes by.
    """
    number = appointment.session_number or 1
    if appointment.course is None or number == 1:
        return None
    done = appointment.course.appointments.filter(state=State.COMPLETED, session_number=number - 1)
    free = connection.features.has_select_for_update_skip_locked
    rows = done.select_for_update(of=("self",), no_key=True, skip_locked=free)
    return rows.select_related("patient", "location", "type", "course").first()
