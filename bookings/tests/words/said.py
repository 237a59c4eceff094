"""Messages of every kind about what a diary holds, and what becomes of them."""

from datetime import datetime, timedelta
from typing import Any

from bookings.enums import Channel, EntryState, MessageKind, MessageState, OfferState, State
from bookings.models import Appointment, Course, DataLink, Message, PlaceOffer, WaitingEntry

# In which state an appointment is when this is said of it.
STATES = {
    MessageKind.REQUESTED: State.REQUESTED,
    MessageKind.DECLINED: State.DECLINED,
    MessageKind.LAPSED: State.LAPSED,
    MessageKind.CANCELLED: State.CANCELLED,
    MessageKind.AFTERCARE: State.COMPLETED,
    MessageKind.CHECK_IN: State.COMPLETED,
    MessageKind.NEXT_SESSION: State.COMPLETED,
    MessageKind.STAFF_REQUEST: State.REQUESTED,
    MessageKind.STAFF_WAITING: State.REQUESTED,
}
KEYS = {MessageKind.PREPARATION: "preparation:7"}
TO_STAFF = [kind for kind in MessageKind if kind.startswith("staff")]
TO_PATIENTS = [kind for kind in MessageKind if kind not in TO_STAFF]


def message(kind: str, appointment: Appointment, now: datetime, **values: Any) -> Message:
    """A message of this kind, saved, about an appointment that is brought into a state in which it holds."""
    state = STATES.get(kind, State.CONFIRMED)
    Appointment.objects.filter(pk=appointment.pk).update(state=state)
    appointment.refresh_from_db()
    about: dict[str, Any] = {"appointment": appointment}
    if kind in TO_PATIENTS:
        about["patient"] = appointment.patient
    if kind == MessageKind.STAFF_DIARY:
        about["practitioner"] = values.get("practitioner", appointment.practitioner)
        line = appointment.transitions.latest("pk")
        values.setdefault("event", f"change {line.pk}, diary {about['practitioner'].pk}")
    if kind == MessageKind.PLACE:
        about = {"patient": appointment.patient, **place(appointment, now)}
    if kind == MessageKind.LINKS:
        about = {"patient": appointment.patient}
    if kind == MessageKind.STAFF_REVIEW:
        about = {}
    if kind == MessageKind.DATA:
        DataLink.objects.create(appointment=appointment, created_at=now, expires_at=now + timedelta(hours=1))
    if kind == MessageKind.NEXT_SESSION:
        in_a_course(appointment, now)
    event = values.pop("event", f"appointment {appointment.pk}, {KEYS.get(kind, kind)}")
    fields = {"channel": Channel.EMAIL, "language": "en", "due_at": now, "created_at": now, **about, **values}
    Message.objects.live().filter(event=event).delete()
    return Message.objects.create(kind=kind, event=event, **fields)


def leased(kind: str, appointment: Appointment, now: datetime, **values: Any) -> Message:
    """The same in the hands of a worker, who is about to send it."""
    lease = {"state": MessageState.LEASED, "lease": "worker", "leased_until": now + timedelta(minutes=5)}
    return message(kind, appointment, now, **lease, **values)


def place(appointment: Appointment, now: datetime) -> dict[str, Any]:
    """A place like the appointment's, held for somebody who waits."""
    entry = WaitingEntry.objects.create(
        patient=appointment.patient,
        type=appointment.type,
        treatment=appointment.treatment,
        location=appointment.location,
        state=EntryState.WAITING,
        created_at=now,
    )
    offer = PlaceOffer.objects.create(
        entry=entry,
        practitioner=appointment.practitioner,
        starts_at=appointment.starts_at,
        offered_at=now,
        until=now + timedelta(hours=2),
        state=OfferState.OPEN,
    )
    return {"entry": entry, "offer": offer}


def in_a_course(appointment: Appointment, now: datetime) -> None:
    """Make it the first of two sessions, planned at itself."""
    course = Course.objects.create(
        consultation=appointment,
        treatment=appointment.treatment,
        type=appointment.type,
        phase="First course",
        sessions=2,
        gap_from=7,
        gap_to=10,
        created_at=now,
    )
    Appointment.objects.filter(pk=appointment.pk).update(course=course, session_number=1)
    appointment.refresh_from_db()
