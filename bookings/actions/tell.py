"""Telling patients and staff of a change, in its own transaction: every row is one event of the log."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import connection

from bookings.actions.outbox import plan_messages, take_back, write
from bookings.enums import Actor, Channel, MessageKind, MessageState, State
from bookings.models import Appointment, Message, PlaceOffer, Transition
from bookings.models.message import MessageQuerySet
from bookings.queries.reply import reply_due
from bookings.queries.visits import quiet_of
from clinic.models import Clinic, Practitioner

# What a patient is told when an appointment comes into a state; of the other states they know, as they were there.
SAYS = {
    State.REQUESTED: MessageKind.REQUESTED,
    State.CONFIRMED: MessageKind.CONFIRMED,
    State.DECLINED: MessageKind.DECLINED,
    State.LAPSED: MessageKind.LAPSED,
    State.CANCELLED: MessageKind.CANCELLED,
}
TELLS = (*SAYS.values(), MessageKind.MOVED)
IN_A_DIARY = (MessageKind.CONFIRMED, MessageKind.MOVED, MessageKind.CANCELLED)
SEEN = (State.ARRIVED, State.COMPLETED, State.NO_SHOW)
TO_STAFF = (MessageKind.STAFF_REQUEST, MessageKind.STAFF_WAITING)
# For so long a bad word is still news after the time it is about.
NEWS = timedelta(days=3)


def tell_of(appointment: Appointment, step: Transition, *, old: Practitioner | None = None) -> None:
    """Write what one line of the log means for the patient and for staff, and bring the reminders in line with it.

    `old`: with whom the appointment was, where a move gave it to somebody else.
    """
    now, kind, clinic = step.at, kind_of(step), Clinic.objects.current()
    awake = quiet_of(clinic).in_time(now, appointment.location.zone, start=appointment.starts_at)
    if kind:
        tell_patient(appointment, kind, step, awake)
    plan_messages(appointment, now=now)
    if before := session_before(appointment):
        plan_messages(before, now=now)
    tell_clinic(appointment, step, clinic)
    if kind in IN_A_DIARY or (kind and step.from_state == State.CONFIRMED):
        for practitioner in {appointment.practitioner, old or appointment.practitioner}:
            tell_practitioner(appointment, practitioner, step, awake, language=clinic.default_language)


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
    if patient is None or (own and patient.channel == Channel.PHONE) or knows(appointment, before, kind):
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


def knows(appointment: Appointment, told: MessageQuerySet, kind: MessageKind) -> bool:
    """Whether this is what the patient was told last, of the time that it still has."""
    last = told.filter(state__in=[MessageState.SENT, MessageState.TOLD, MessageState.LEASED]).order_by("-pk").first()
    if last is None or kind == MessageKind.MOVED:
        return False
    # A word of a move tells the state, too, in which the appointment was moved.
    said = SAYS.get(State(line_of(last).to_state)) if last.kind == MessageKind.MOVED else last.kind
    if said != kind:
        return False
    return not appointment.transitions.filter(moved_to__isnull=False, at__gt=last.created_at).exists()


def line_of(message: Message) -> Transition:
    """The line of the log that a message names: “change 12”, or “change 12, diary 3”."""
    return Transition.objects.get(pk=message.event.split(", ")[0].split()[1])


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
    if came_back and step.to_state == state_told(appointment, earlier):
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


def state_told(appointment: Appointment, told: MessageQuerySet) -> State | None:
    """As what a diary's reader knows the appointment: as a request before they were told anything.

    None if it was moved after that.
    """
    last = told.filter(state__in=[MessageState.SENT, MessageState.LEASED]).order_by("-pk").first()
    if last is None:
        return State.REQUESTED
    line = line_of(last)
    moved = appointment.transitions.filter(moved_to__isnull=False, pk__gt=line.pk).exists()
    return None if moved else State(line.to_state)


def tell_of_place(offer: PlaceOffer, clinic: Clinic, *, now: datetime) -> None:
    """Whoever waits: of the place that is held for them."""
    entry = offer.entry
    quiet = quiet_of(clinic)
    zone, day = entry.location.zone, offer.starts_at.astimezone(entry.location.zone).date()
    write(
        kind=MessageKind.PLACE,
        event=f"place {offer.pk}",
        due_at=quiet.first_chance(now, zone, about=day, until=offer.until) or now,
        now=now,
        not_after=offer.until,
        entry=entry,
        offer=offer,
        patient=entry.patient,
    )


def take_back_place(offer: PlaceOffer) -> None:
    """Nobody is offered what is gone."""
    take_back(Message.objects.filter(offer=offer))
