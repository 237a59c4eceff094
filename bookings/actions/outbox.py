"""Rows of the outbox: written, changed and taken back in the transaction of what causes them."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from bookings import care
from bookings.care.due import when_to_send
from bookings.enums import Channel, MessageKind, MessageState
from bookings.models import Appointment, Message, Patient, StoppedNumber
from bookings.models.message import MessageQuerySet
from bookings.queries.visits import due_messages, quiet_of, visit_of
from clinic.models import Clinic

# What hangs on the time of a visit, and goes with it.
PLANNED = (
    MessageKind.REMINDER,
    MessageKind.PREPARATION,
    MessageKind.AFTERCARE,
    MessageKind.CHECK_IN,
    MessageKind.NEXT_SESSION,
)
# For so long a bad word is still news after the time it is about.
NEWS = timedelta(days=3)
CHANGED = "The appointment changed while this was being sent."


def write(*, kind: MessageKind, event: str, due_at: datetime, now: datetime, **about: Any) -> Message:
    """One row for one event: to a `patient`, a `practitioner` or, with neither, the clinic's own address.

    Written again while it is still to be sent, it stays the one row. `about` are further fields of Message.
    """
    patient: Patient | None = about.get("patient")
    values = {
        "kind": kind,
        "channel": about.pop("channel", None) or (channel_of(patient) if patient else Channel.EMAIL),
        "language": about.pop("language", None) or language_of(patient),
        "due_at": due_at,
        "created_at": now,
        **about,
    }
    # Only what is still to be sent stands in the way: what was said once may be said again of another time.
    return Message.objects.live().get_or_create(event=event, defaults=values)[0]


def language_of(patient: Patient | None) -> str:
    """The patient's language; the clinic's for its own people."""
    return patient.language if patient else Clinic.objects.current().default_language


def channel_of(patient: Patient) -> Channel:
    """How a patient is written to: as they chose; by mail where no text message can reach them."""
    if patient.channel != Channel.SMS:
        return Channel(patient.channel)
    can_text = bool(settings.SMS_URL) and not StoppedNumber.objects.filter(phone=patient.phone).exists()
    return Channel.SMS if can_text else Channel.EMAIL


def take_back(messages: MessageQuerySet) -> int:
    """Cancel those that nobody is sending yet, and those that reached nobody and were to be told by phone.

    A worker that has one asks again before it sends. Returns how many.
    """
    open_ = [MessageState.WAITING, MessageState.FAILED]
    return messages.filter(state__in=open_).update(state=MessageState.CANCELLED)


def plan_messages(appointment: Appointment, *, now: datetime) -> None:
    """Bring what hangs on a visit in line with how it stands now: written, moved to another hour, or taken back.

    Nothing is planned for whoever wishes for calls: nobody can call so often.
    """
    patient, clinic = appointment.patient, Clinic.objects.current()
    if patient is None:
        return
    visit = visit_of(appointment)
    wanted: dict[str, tuple[care.Due, datetime]] = {}
    for one in due_messages(appointment, visit, clinic, now=now) if patient.channel != Channel.PHONE else []:
        at = when_to_send(one, now, visit, quiet_of(clinic))
        # What is to be known at once is told with the confirmation.
        if at and not one.with_confirmation:
            wanted[f"appointment {appointment.pk}, {one.key}"] = (one, at)
    hanging = Message.objects.filter(appointment=appointment, kind__in=PLANNED)
    take_back(hanging.exclude(event__in=wanted))
    # What was said since this time became certain is not said again.
    said = hanging.exclude(state=MessageState.CANCELLED).filter(created_at__gte=visit.since)
    events = set(said.values_list("event", flat=True))
    for event, (one, at) in wanted.items():
        if event in events:
            put_at(said.filter(event=event), at, one)
        else:
            plan(event, one, appointment, at, now=now)


def plan(event: str, one: care.Due, appointment: Appointment, at: datetime, *, now: datetime) -> None:
    """A row for this time of the visit, in place of the one that was written for another."""
    before = Message.objects.live().filter(event=event)
    before.update(state=MessageState.CANCELLED, lease="", leased_until=None, problem=CHANGED)
    about = {"appointment": appointment, "patient": appointment.patient, "not_after": one.not_after}
    write(kind=one.kind, event=event, due_at=at, now=now, **about)


def put_at(kept: MessageQuerySet, at: datetime, one: care.Due) -> None:
    """Another hour for what was planned and not tried yet, such as aftercare when the true end is known."""
    untried = kept.filter(state=MessageState.WAITING, attempts=0)
    untried.exclude(due_at=at, not_after=one.not_after).update(due_at=at, not_after=one.not_after)


def end_calls(*, now: datetime) -> int:
    """Cancel the calls that nobody made in time; returns how many."""
    calls = Message.objects.filter(state=MessageState.WAITING, channel=Channel.PHONE, not_after__lte=now)
    return calls.update(state=MessageState.CANCELLED, problem="Nobody called in time.")
