"""A message of one kind to try words on: about the latest thing that it fits, and never stored."""

from datetime import datetime

from bookings.enums import MessageKind, OfferState
from bookings.gaps import GAPS, gaps_of
from bookings.models import Appointment, Message, PlaceOffer
from bookings.models.appointment import AppointmentQuerySet
from bookings.queries.letters import Letter, filled, letter_of
from bookings.queries.message_words import Words
from bookings.queries.still import TRUE_IN
from bookings.queries.visits import page_of
from clinic.models import Clinic

# A link to somebody's data is theirs alone.
NEVER_REAL = (MessageKind.DATA, MessageKind.LINKS)


def sample_letter(
    kind: str, words: Words, clinic: Clinic, *, language: str, among: AppointmentQuerySet, now: datetime
) -> tuple[Letter, bool]:
    """The words filled in from the latest of these appointments that they fit, else with examples; and which it is."""
    message = sample(kind, clinic, language=language, among=among, now=now)
    if message:
        return letter_of(message, clinic, now=now, words=words), True
    return filled(words, {gap: GAPS[gap].example for gap in gaps_of(kind)}, language), False


def sample(kind: str, clinic: Clinic, *, language: str, among: AppointmentQuerySet, now: datetime) -> Message | None:
    """Such a message, in this language; None if there is nothing to say it about."""
    if kind in NEVER_REAL or kind == MessageKind.STAFF_REVIEW:
        return None
    if kind == MessageKind.PLACE:
        return sample_place(language=language, among=among)
    related = ("patient", "type", "treatment", "practitioner", "location", "course__consultation")
    found = among.filter(state__in=TRUE_IN[MessageKind(kind)], patient__isnull=False).select_related(*related)
    if kind == MessageKind.NEXT_SESSION:
        found = found.filter(course__isnull=False)
    latest = found.order_by("-requested_at", "-pk").first()
    if latest is None:
        return None
    event = ""
    if kind == MessageKind.PREPARATION:
        event = f"sample, {key_of(latest, clinic, language=language, now=now)}"
    if kind == MessageKind.STAFF_DIARY:
        line = latest.transitions.order_by("-pk").values_list("pk", flat=True).first()
        if line is None:
            return None
        event = f"change {line}, diary {latest.practitioner_id}"
    return Message(kind=kind, event=event, language=language, appointment=latest, patient=latest.patient)


def key_of(appointment: Appointment, clinic: Clinic, *, language: str, now: datetime) -> str:
    """The first piece of advice that its page gives before a visit."""
    page = page_of(appointment, clinic, language=language, at=now)
    rows = page["preparation"] if page else []
    days = next((row["days_before"] for row in rows if row["days_before"] is not None), None)
    return f"preparation:{'always' if days is None else days}"


def sample_place(*, language: str, among: AppointmentQuerySet) -> Message | None:
    related = ("entry__patient", "entry__location", "entry__type", "practitioner")
    open_to = PlaceOffer.objects.exclude(state=OfferState.EXPIRED).filter(practitioner__in=among.values("practitioner"))
    offer = open_to.select_related(*related).first()
    if offer is None:
        return None
    return Message(
        kind=MessageKind.PLACE, language=language, entry=offer.entry, offer=offer, patient=offer.entry.patient
    )
