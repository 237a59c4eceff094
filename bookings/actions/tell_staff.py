"""Telling the desk, and whoever treats, what one line of the log means for them."""

from datetime import datetime

from django.contrib.auth.models import User

from bookings.actions.outbox import NEWS, take_back, write
from bookings.actions.tell_patient import requested_as
from bookings.enums import Actor, MessageKind, State
from bookings.models import Appointment, Message, Transition
from bookings.queries.known import knows
from bookings.queries.reply import reply_due
from bookings.queries.visits import quiet_of
from clinic.models import Clinic, Practitioner

TO_STAFF = (MessageKind.STAFF_REQUEST, MessageKind.STAFF_WAITING)


def tell_clinic(appointment: Appointment, step: Transition, clinic: Clinic) -> None:
    """The desk: of a new request, and once more when it has waited too long."""
    now, rows = step.at, Message.objects.filter(appointment=appointment, kind__in=TO_STAFF)
    if appointment.state != State.REQUESTED:
        take_back(rows)
        return
    until = appointment.starts_at
    if until <= now:
        return
    about = {"appointment": appointment, "not_after": until, "language": clinic.default_language}
    if step.from_state == State.HELD:
        event = f"{requested_as(appointment, step)}, to the clinic"
        write(kind=MessageKind.STAFF_REQUEST, event=event, due_at=now, now=now, **about)
    late = quiet_of(clinic).after(reply_due(appointment, clinic), appointment.location.zone)
    if now < late < until:
        write(
            kind=MessageKind.STAFF_WAITING,
            event=f"appointment {appointment.pk}, waiting",
            due_at=late,
            now=now,
            **about,
        )


def tell_practitioner(
    appointment: Appointment, practitioner: Practitioner, step: Transition, awake: datetime, *, language: str
) -> None:
    """Whoever treats: of a change in their diary, unless they made it. Without an address, the desk reads it for them.

    What the desk did itself it need not read; nor is anything said of a step that was taken back before it was told.
    """
    user: User | None = practitioner.user
    has_address = user is not None and bool(user.email)
    reader = practitioner if has_address else None
    earlier = Message.objects.filter(kind=MessageKind.STAFF_DIARY, appointment=appointment, practitioner=reader)
    # Of a move from one to another without an address, the desk reads both lines.
    take_back(earlier.exclude(event__startswith=f"change {step.pk},"))
    if (user == step.user and user is not None) or (not has_address and step.actor == Actor.STAFF):
        return
    came_back = step.to_state in (State.REQUESTED, State.CONFIRMED) and not step.moved_to
    if came_back and knows(appointment, earlier, State(step.to_state), untold=State.REQUESTED):
        return
    write(
        kind=MessageKind.STAFF_DIARY,
        event=f"change {step.pk}, diary {practitioner.pk}",
        due_at=awake,
        now=step.at,
        not_after=max(appointment.starts_at, step.at + NEWS),
        appointment=appointment,
        practitioner=reader,
        language=language,
    )
