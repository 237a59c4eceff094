"""Telling a patient what one line of the log means for them."""

from datetime import datetime

from bookings.actions.outbox import NEWS, take_back, write
from bookings.enums import Actor, Channel, MessageKind, State
from bookings.models import Appointment, Message, Transition
from bookings.queries.known import SAYS, TELLS, knows

SEEN = (State.ARRIVED, State.COMPLETED, State.NO_SHOW)


def kind_of(step: Transition) -> MessageKind | None:
    """What a line of the log says to the patient; None if it says nothing to them."""
    if step.moved_to:
        return MessageKind.MOVED
    if step.from_state in SEEN:
        return None  # staff took back that somebody had come, or had not
    return SAYS.get(State(step.to_state))


def tell_patient(appointment: Appointment, kind: MessageKind, step: Transition, awake: datetime) -> None:
    """The newest word takes the place of those that were not sent yet. Nobody is called about what they did."""
    patient, own, now = appointment.patient, step.actor == Actor.PATIENT, step.at
    before = Message.objects.filter(appointment=appointment, kind__in=TELLS)
    take_back(before)
    if patient is None or (own and patient.channel == Channel.PHONE):
        return
    if not step.moved_to and knows(appointment, before, State(step.to_state)):
        return
    ahead = appointment.starts_at > now
    until = appointment.starts_at if ahead and kind not in (MessageKind.DECLINED, MessageKind.CANCELLED) else now + NEWS
    write(
        kind=kind,
        event=requested_as(appointment, step) if kind == MessageKind.REQUESTED else f"change {step.pk}",
        # Whoever did something in this moment is awake, and waits for the answer.
        due_at=now if own else awake,
        now=now,
        not_after=until,
        appointment=appointment,
        patient=patient,
    )


def requested_as(appointment: Appointment, step: Transition) -> str:
    """What a request is called: the sessions of a course that were asked for together are one."""
    if appointment.course_id and step.from_state == State.HELD:
        return f"course {appointment.course_id}, {step.at.isoformat()}"
    return f"change {step.pk}"
