"""Who books, what they answered and what they agreed to, on its way into the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bookings.enums import Actor, Channel, State
from bookings.exceptions import TooManyOpen
from bookings.models import Appointment, Consent, ConsentText, Patient, Screening
from bookings.sealed import seal
from clinic.models import Clinic
from treatments.models import Edition, Treatment


@dataclass(frozen=True)
class Contact:
    """Who comes, and how to reach them; `phone` in E.164, `language` a code of settings.LANGUAGES."""

    name: str
    email: str
    phone: str
    language: str
    birth_date: date | None = None
    channel: str = Channel.EMAIL
    booked_by: str = ""


@dataclass(frozen=True)
class Screened:
    """Answers to an edition's questions as plain values, and what follows from them (see `screening.result`)."""

    edition: Edition
    answers: Mapping[str, Any]
    needs_review: bool
    not_before: date | None
    at: datetime


@dataclass(frozen=True)
class Agreed:
    """A text that was agreed to, and when; with the treatment that a consent to a treatment is for."""

    text: ConsentText
    at: datetime
    treatment: Treatment | None = None


@dataclass(frozen=True)
class Booking:
    """All that a patient brings to an appointment besides its time."""

    contact: Contact
    needs: Sequence[str] = ()
    screened: Screened | None = None
    agreed: Sequence[Agreed] = ()


def require_few_open(contact: Contact, *, now: datetime) -> None:
    """Raises TooManyOpen if this contact has as many open requests as the clinic allows; a course counts as one.

    Locks the clinic's row until the transaction ends: two requests sent at once are counted one after the other.
    """
    clinic = Clinic.objects.select_for_update(no_key=True).first() or Clinic()
    patients = Patient.objects.reached_by(email=contact.email, phone=contact.phone)
    open_requests = Appointment.objects.filter(state=State.REQUESTED, starts_at__gt=now, patient__in=patients)
    alone = open_requests.filter(course=None).count()
    courses = open_requests.exclude(course=None).values("course").distinct().count()
    if alone + courses >= clinic.open_requests_per_contact:
        raise TooManyOpen


def keep_booking(appointments: Sequence[Appointment], booking: Booking, *, now: datetime) -> Patient:
    """Store the patient, the answers and the consents of one booking; every public booking makes its own patient."""
    patient = keep_patient(booking.contact, now=now)
    for appointment in appointments:
        appointment.patient, appointment.needs = patient, list(booking.needs)
        appointment.save(update_fields=["needs"])
    first = appointments[0] if appointments else None
    if booking.screened:
        keep_screening(booking.screened, patient=patient, appointment=first)
    keep_consents(booking.agreed, patient=patient, appointment=first)
    return patient


def keep_patient(contact: Contact, *, now: datetime) -> Patient:
    return Patient.objects.create(
        name=contact.name,
        birth_date=contact.birth_date,
        email=contact.email,
        phone=contact.phone,
        booked_by=contact.booked_by,
        channel=contact.channel,
        language=contact.language,
        created_at=now,
    )


def keep_screening(
    screened: Screened, *, patient: Patient, appointment: Appointment | None, by: Actor = Actor.PATIENT
) -> Screening:
    """Store answers, encrypted; later answers to the same appointment are a new row."""
    return Screening.objects.create(
        patient=patient,
        appointment=appointment,
        edition=screened.edition,
        answers=seal(dict(screened.answers)) if screened.answers else "",
        needs_review=screened.needs_review,
        not_before=screened.not_before,
        answered_at=screened.at,
        answered_by=by,
    )


def keep_consents(agreed: Sequence[Agreed], *, patient: Patient, appointment: Appointment | None) -> None:
    """Store word for word what was agreed to."""
    Consent.objects.bulk_create(
        Consent(
            patient=patient,
            appointment=appointment,
            kind=one.text.kind,
            treatment=one.treatment,
            language=one.text.language,
            version=one.text.version,
            text=one.text.text,
            hash=one.text.hash,
            given_at=one.at,
        )
        for one in agreed
    )
