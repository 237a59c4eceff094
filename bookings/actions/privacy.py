"""What patients ask for about their own data: to withdraw what they agreed to, and to be forgotten."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from bookings.actions.change import change_state
from bookings.actions.erase import erase
from bookings.actions.leave import leave
from bookings.actions.locks import lock_visits
from bookings.actions.outbox import take_back
from bookings.actions.overlaps import lock
from bookings.enums import Actor, ConsentKind, ErasureOutcome, State
from bookings.exceptions import ChangedMeanwhile
from bookings.models import Consent, ErasureRequest, Message, Patient, Resource
from bookings.models.appointment import AppointmentQuerySet
from bookings.queries.privacy import WITH_DATA, coming, needing, same_consent, visited
from clinic.models import Practitioner


@transaction.atomic
def withdraw(*, consent: Consent, now: datetime) -> None:
    """Withdraw a consent, and cancel what cannot be without it; once: again changes nothing."""
    lock_all()
    lock_visits(consent.patient)
    Consent.objects.filter(same_consent(consent)).update(withdrawn_at=now)
    if consent.kind == ConsentKind.DATA:
        leave_lists(consent.patient, now=now)
        take_back(Message.objects.filter(patient=consent.patient, kind__in=WITH_DATA))
    cancel_all(needing(consent, now=now), now=now, reason=_("Consent withdrawn"))


@transaction.atomic
def ask_for_erasure(*, patient: Patient, now: datetime) -> ErasureRequest | None:
    """Forget a patient who was never here; of one who was, the clinic decides: returns the wish, one at a time."""
    lock_all()
    found = Patient.objects.select_for_update(of=("self",), no_key=True).get(pk=patient.pk)
    if visited(found, now=now):
        wish = ErasureRequest.objects.undecided().filter(patient=found).first()
        return wish or ErasureRequest.objects.create(patient=found, asked_at=now)
    forget(found, now=now)
    return None


@transaction.atomic
def decide(*, wish: ErasureRequest, outcome: ErasureOutcome, by: User, now: datetime, reason: str = "") -> None:
    """Carry a wish for erasure out, or decline it with the reason that the patient reads.

    Raises ChangedMeanwhile if it was decided already.
    """
    lock_all()
    locked = ErasureRequest.objects.select_for_update(of=("self",)).select_related("patient")
    found = locked.filter(pk=wish.pk, decided_at=None).first()
    if found is None:
        raise ChangedMeanwhile
    if outcome == ErasureOutcome.ERASED:
        forget(found.patient, now=now, by=by)
        return
    found.outcome, found.reason, found.decided_by, found.decided_at = outcome, reason, by, now
    found.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])


@transaction.atomic
def erase_patient(*, patient: Patient, now: datetime, by: User | None = None) -> None:
    """Erase somebody who asked in another way, such as by phone; who asks is known, and what must be kept is kept."""
    lock_all()
    forget(Patient.objects.select_for_update(of=("self",), no_key=True).get(pk=patient.pk), now=now, by=by)


def forget(patient: Patient, *, now: datetime, by: User | None = None) -> None:
    lock_visits(patient)
    # Off the lists first: a time that is given back must not be offered to whoever goes.
    leave_lists(patient, now=now)
    cancel_all(coming(patient, now=now), now=now)
    erase(patient, now=now, by=by)


def lock_all() -> None:
    """It happens seldom, and each time that is given back may go to anyone: everybody waits for a moment."""
    lock(Practitioner.objects.all(), Resource.objects.all())


def leave_lists(patient: Patient, *, now: datetime) -> None:
    for entry in patient.waiting_entries.waiting():
        leave(entry=entry, now=now)


def cancel_all(appointments: AppointmentQuerySet, *, now: datetime, reason: str = "") -> None:
    for one in appointments.select_related("type", "location", "practitioner", "patient"):
        change_state(appointment=one, to=State.CANCELLED, actor=Actor.PATIENT, now=now, reason=reason)
