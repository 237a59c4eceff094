"""What hangs on a consent, and what stands in the way of being forgotten."""

from datetime import datetime

from django.db.models import Q

from bookings.enums import ConsentKind, MessageKind, State
from bookings.models import Appointment, Consent, ErasureRequest, Patient
from bookings.models.appointment import AppointmentQuerySet

# The terms of booking are a contract, and end with it.
WITHDRAWABLE = (ConsentKind.DATA, ConsentKind.TREATMENT)

# What the clinic asks of its own accord about what it knows, once a visit is over.
WITH_DATA = (MessageKind.CHECK_IN, MessageKind.NEXT_SESSION)


def coming(patient: Patient, *, now: datetime) -> AppointmentQuerySet:
    """What is booked and still ahead."""
    return Appointment.objects.upcoming(at=now).filter(patient=patient, starts_at__gt=now)


def visited(patient: Patient, *, now: datetime) -> bool:
    """Whether a visit took place, or may have: its time is over and nobody noted that they did not come."""
    took_place = Q(state__in=[State.ARRIVED, State.COMPLETED])
    return patient.appointments.filter(took_place | Q(state=State.CONFIRMED, starts_at__lte=now)).exists()


def in_force(patient: Patient) -> list[Consent]:
    """What the patient agreed to and may withdraw: the latest of each kind, and of each treatment that was planned."""
    given = Consent.objects.filter(patient=patient, kind__in=WITHDRAWABLE, withdrawn_at=None)
    latest: dict[tuple[object, ...], Consent] = {}
    for consent in given.select_related("treatment", "appointment__location").order_by("given_at", "pk"):
        of_one = (consent.appointment_id, consent.treatment_id) if consent.kind == ConsentKind.TREATMENT else ()
        latest[consent.kind, *of_one] = consent
    return sorted(latest.values(), key=lambda one: (one.given_at, one.pk), reverse=True)


def has_withdrawn(patient: Patient) -> bool:
    """Whether they withdrew their consent to the use of their data, and have not given it again since."""
    given = Consent.objects.filter(patient=patient, kind=ConsentKind.DATA)
    withdrawn = set(given.values_list("withdrawn_at", flat=True))
    return bool(withdrawn) and None not in withdrawn


def same_consent(consent: Consent) -> Q:
    """Those that say the same for the same purpose: earlier versions, and other bookings' consents to data use."""
    of_one = Q(patient=consent.patient_id, kind=consent.kind, withdrawn_at=None)
    if consent.kind == ConsentKind.TREATMENT:
        of_one &= Q(appointment=consent.appointment_id, treatment=consent.treatment_id)
    return of_one


def needing(consent: Consent, *, now: datetime) -> AppointmentQuerySet:
    """The coming appointments that cannot be without this consent: all of them, or the sessions of its course."""
    found = coming(consent.patient, now=now)
    if consent.kind == ConsentKind.DATA:
        return found
    of_course = Q(course__consultation=consent.appointment_id)
    if consent.treatment_id:
        of_course &= Q(course__treatment=consent.treatment_id)
    return found.filter(of_course)


def latest_wish(patient: Patient) -> ErasureRequest | None:
    """The last time they asked to be forgotten where the clinic decides."""
    return ErasureRequest.objects.filter(patient=patient).order_by("-asked_at", "-pk").first()
