"""Joining the waiting list: for an earlier time than the present one, or for a first one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from bookings import lifecycle
from bookings.actions.booking import Booking, keep_consents, keep_patient, keep_screening
from bookings.enums import EntryState
from bookings.exceptions import TransitionNotAllowed
from bookings.models import Appointment, AppointmentType, WaitingEntry
from bookings.models.appointment import REFERENCE_ALPHABET
from clinic.models import Clinic, Location, Practitioner
from treatments.models import Treatment


@dataclass(frozen=True)
class Wanted:
    """Which places someone would take: with whom, on which weekdays (Monday is 0), in which parts; empty: any.

    `last_day`: the last local day that suits; None: any.
    """

    practitioner: Practitioner | None = None
    weekdays: Sequence[int] = ()
    parts: Sequence[str] = ()
    last_day: date | None = None

    def values(self) -> dict[str, object]:
        return {
            "practitioner": self.practitioner,
            "weekdays": list(self.weekdays),
            "parts": list(self.parts),
            "last_day": self.last_day,
        }


@dataclass(frozen=True)
class Place:
    """What is waited for: a treatment's appointment type at a location."""

    type: AppointmentType
    treatment: Treatment
    location: Location


def wait_for_earlier(*, appointment: Appointment, wanted: Wanted, now: datetime) -> WaitingEntry:
    """Wait for an earlier time, once: waiting again only changes what is waited for.

    Raises TransitionNotAllowed for an appointment that is not to come any more.
    """
    with transaction.atomic():
        rows = Appointment.objects.select_for_update(of=("self",)).select_related("patient", "type", "treatment")
        found = rows.select_related("location").get(pk=appointment.pk)
        if found.patient is None or found.state not in lifecycle.BOOKED or found.starts_at <= now:
            raise TransitionNotAllowed(found.state, "waiting")
        if entry := found.waiting_entries.waiting().first():
            return change(entry, wanted)
        return WaitingEntry.objects.create(
            appointment=found,
            patient=found.patient,
            type=found.type,
            treatment=found.treatment,
            location=found.location,
            needs=found.needs,
            created_at=now,
            **wanted.values(),
        )


def join(*, place: Place, booking: Booking, wanted: Wanted, visitor: str, now: datetime) -> WaitingEntry:
    """Wait for a first time, with all that was asked before. One visitor waits once for the same person and place."""
    contact = booking.contact
    reference = reference_for(visitor, place.treatment.pk, place.location.pk, contact.name, contact.birth_date)
    with transaction.atomic():
        # Sent twice at once, the second waits here and then finds the first.
        Clinic.objects.select_for_update(no_key=True).first()
        if entry := WaitingEntry.objects.filter(reference=reference).first():
            return change(entry, wanted, since=now)
        patient = keep_patient(contact, now=now)
        keep_consents(booking.agreed, patient=patient, appointment=None)
        screened = booking.screened
        return WaitingEntry.objects.create(
            reference=reference,
            patient=patient,
            screening=keep_screening(screened, patient=patient, appointment=None) if screened else None,
            type=place.type,
            treatment=place.treatment,
            location=place.location,
            needs=list(booking.needs),
            created_at=now,
            **wanted.values(),
        )


def change(entry: WaitingEntry, wanted: Wanted, *, since: datetime | None = None) -> WaitingEntry:
    """Wait for something else. Whoever had left begins anew at `since`; whoever has a place keeps it."""
    if entry.state == EntryState.LEFT and since:
        entry.state, entry.created_at = EntryState.WAITING, since
    for name, value in wanted.values().items():
        setattr(entry, name, value)
    entry.save(update_fields=["state", "created_at", *wanted.values()])
    return entry


def reference_for(visitor: str, *about: object) -> str:
    """The reference of what this visitor asks for: the same each time, and not to be guessed without the key."""
    digest = salted_hmac("bookings.join", "\n".join(map(str, (visitor, *about))), algorithm="sha256").digest()
    letters = "".join(REFERENCE_ALPHABET[byte % len(REFERENCE_ALPHABET)] for byte in digest[:8])
    return f"{letters[:4]}-{letters[4:]}"
