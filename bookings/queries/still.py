"""Whether a message still holds, asked just before it goes out."""

from datetime import datetime

from bookings import lifecycle
from bookings.care.due import TAKES_PLACE
from bookings.enums import MessageKind, OfferState, State
from bookings.models import Appointment, DataLink, Message, PlaceOffer
from bookings.queries.consents import has_data_consent
from bookings.queries.visits import next_session

# The states in which a word about an appointment is true.
TRUE_IN: dict[MessageKind, frozenset[State]] = {
    MessageKind.REQUESTED: frozenset({State.REQUESTED}),
    MessageKind.CONFIRMED: frozenset({State.CONFIRMED}),
    MessageKind.MOVED: lifecycle.BOOKED,
    MessageKind.DECLINED: frozenset({State.DECLINED}),
    MessageKind.LAPSED: frozenset({State.LAPSED}),
    MessageKind.CANCELLED: frozenset({State.CANCELLED}),
    MessageKind.REMINDER: frozenset({State.CONFIRMED}),
    MessageKind.PREPARATION: frozenset({State.CONFIRMED}),
    MessageKind.AFTERCARE: TAKES_PLACE,
    MessageKind.CHECK_IN: TAKES_PLACE,
    MessageKind.NEXT_SESSION: frozenset({State.COMPLETED}),
    MessageKind.STAFF_REQUEST: frozenset({State.REQUESTED}),
    MessageKind.STAFF_WAITING: frozenset({State.REQUESTED}),
    MessageKind.STAFF_DIARY: frozenset(State),
}
BEFORE = {
    MessageKind.REQUESTED,
    MessageKind.CONFIRMED,
    MessageKind.MOVED,
    MessageKind.REMINDER,
    MessageKind.PREPARATION,
    MessageKind.STAFF_REQUEST,
    MessageKind.STAFF_WAITING,
}


def still_holds(message: Message, *, now: datetime) -> bool:
    """Whether what a message says is true at `now`, as the database has it and not as the message was leased."""
    if message.patient and message.patient.erased_at:
        return False
    if message.kind == MessageKind.PLACE:
        return PlaceOffer.objects.filter(messages=message.pk, state=OfferState.OPEN, until__gt=now).exists()
    if message.kind == MessageKind.DATA:
        return DataLink.objects.open(at=now).filter(appointment=message.appointment_id).exists()
    if message.kind not in TRUE_IN:
        return True
    found = Appointment.objects.select_related("course", "location", "patient").filter(messages=message.pk).first()
    if found is None or found.state not in TRUE_IN[MessageKind(message.kind)]:
        return False
    if message.kind == MessageKind.CHECK_IN:
        return has_data_consent(found.patient)
    if message.kind == MessageKind.NEXT_SESSION:
        return next_session(found, now=now) is not None
    return found.starts_at > now or message.kind not in BEFORE
