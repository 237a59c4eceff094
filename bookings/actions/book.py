"""From a free time to a request: hold, keep, free, ask."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from bookings.actions.change import change_state
from bookings.actions.overlaps import lock, overlap_is_slot_taken
from bookings.enums import Actor, State
from bookings.exceptions import HoldExpired, SlotTaken
from bookings.models import Appointment, AppointmentType, Claim, Patient
from bookings.models.appointment import AppointmentQuerySet
from bookings.queries.openings import offered, practitioners_for
from clinic.models import Location, Practitioner
from treatments.models import Treatment

# A hold that ran out may still become a request while nobody else wants the time; then it is forgotten.
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Contact:
    """Who asks for the appointment; `phone` in E.164, `language` a code of settings.LANGUAGES."""

    name: str
    email: str
    phone: str
    language: str


def hold(
    *,
    type: AppointmentType,
    treatment: Treatment,
    location: Location,
    start: datetime,
    visitor: str,
    minutes: int,
    now: datetime,
    practitioner: Practitioner | None = None,
) -> Appointment:
    """Keep `start` (aware) for `visitor` for some minutes, in place of whatever the visitor held before.

    Without a practitioner it is the one with the fewest appointments that day. Raises SlotTaken, and then the
    visitor's earlier hold stays.
    """
    candidates = [
        person for person in practitioners_for(type, location) if practitioner is None or person == practitioner
    ]
    with overlap_is_slot_taken(), transaction.atomic():
        lock(candidates)
        delete_holds(Appointment.objects.held_by(visitor))
        free = offered(type=type, location=location, practitioners=candidates, start=start, now=now)
        if not free:
            raise SlotTaken
        claim = type.visit.claim(start)
        # The constraint cannot see the clock: a hold that ran out would still be in the way.
        in_the_way = {"claims__starts_at__lt": claim.end, "claims__ends_at__gt": claim.start}
        delete_holds(Appointment.objects.expired_holds(at=now).filter(claims__practitioner=free[0], **in_the_way))
        appointment = Appointment.objects.create(
            visitor=visitor,
            type=type,
            treatment=treatment,
            practitioner=free[0],
            location=location,
            starts_at=start,
            ends_at=start + type.visit.duration,
            held_until=now + timedelta(minutes=minutes),
        )
        Claim.objects.create(appointment=appointment, practitioner=free[0], starts_at=claim.start, ends_at=claim.end)
    return appointment


def extend(*, visitor: str, minutes: int, now: datetime) -> Appointment:
    """Hold the visitor's time for `minutes` from now; one that ran out is held again if it is still free.

    Raises HoldExpired if there is no hold, SlotTaken if the time was given to someone else.
    """
    with overlap_is_slot_taken(), transaction.atomic():
        appointment = locked(Appointment.objects.held_by(visitor))
        require_still_free(appointment, now=now)
        appointment.held_until = now + timedelta(minutes=minutes)
        appointment.save(update_fields=["held_until"])
    return appointment


def release(*, visitor: str) -> None:
    """Free whatever the visitor holds."""
    with transaction.atomic():
        delete_holds(Appointment.objects.held_by(visitor))


def forget_holds(*, now: datetime) -> None:
    """Delete the holds that ran out so long ago that nobody will come back for them."""
    with transaction.atomic():
        delete_holds(Appointment.objects.expired_holds(at=now - FORGOTTEN_AFTER))


def delete_holds(holds: AppointmentQuerySet) -> None:
    """Delete these, but none that becomes a request in this moment: Django reads first and deletes by key."""
    keys = list(holds.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    Appointment.objects.filter(pk__in=keys).delete()


def request_appointment(*, reference: str, visitor: str, contact: Contact, now: datetime) -> Appointment:
    """Turn the visitor's hold into a request, once: asking again returns the same appointment.

    A hold that has run out is still good while the time is free. Raises HoldExpired if there is no such hold (or
    its time has passed), SlotTaken if the time was given to someone else.
    """
    with overlap_is_slot_taken(), transaction.atomic():
        appointment = locked(Appointment.objects.filter(reference=reference, visitor=visitor))
        if appointment.state != State.HELD:
            return appointment
        require_still_free(appointment, now=now)
        appointment.patient = Patient.objects.create(
            name=contact.name,
            email=contact.email,
            phone=contact.phone,
            language=contact.language,
            created_at=now,
        )
        appointment.held_until = None
        appointment.requested_at = now
        return change_state(appointment=appointment, to=State.REQUESTED, actor=Actor.PATIENT, now=now)


def locked(wanted: AppointmentQuerySet) -> Appointment:
    """The one appointment in `wanted`, with its practitioner's diary locked. Raises HoldExpired if there is none."""
    found = wanted.select_related("practitioner").first()
    if found is None:
        raise HoldExpired
    lock([found.practitioner])
    # Read again: while we waited for the lock, someone may have taken the time of a hold that had run out, or the
    # visitor may have sent the request in another window.
    appointment = (
        wanted.select_related("type", "location", "practitioner", "treatment", "patient")
        .select_for_update(of=("self",))
        .filter(pk=found.pk)
        .first()
    )
    if appointment is None:
        raise HoldExpired
    return appointment


def require_still_free(appointment: Appointment, *, now: datetime) -> None:
    """Raises HoldExpired if the time has passed, SlotTaken if a hold that ran out is no longer offered."""
    if appointment.starts_at <= now:
        raise HoldExpired
    if appointment.held_until and appointment.held_until <= now:
        who = practitioners_for(appointment.type, appointment.location)
        free = offered(
            type=appointment.type,
            location=appointment.location,
            practitioners=[person for person in who if person == appointment.practitioner],
            start=appointment.starts_at,
            now=now,
            visitor=appointment.visitor,
        )
        if not free:
            raise SlotTaken
