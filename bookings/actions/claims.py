"""Taking the time of a practitioner and of rooms for an appointment, and giving it back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from bookings.actions.overlaps import lock
from bookings.availability.intervals import Interval
from bookings.models import Appointment, AppointmentType, Claim, Resource
from bookings.models.appointment import AppointmentQuerySet
from clinic.models import Location, Practitioner


def lock_for(type: AppointmentType, location: Location, people: Iterable[Practitioner | int]) -> None:
    """Lock everyone and every room that a booking of this type at this location may take."""
    rooms = Resource.objects.filter(kind__appointment_types=type, location=location)
    lock(people, list(rooms.values_list("pk", flat=True)))


def lock_owners(appointments: Iterable[Appointment], *others: Practitioner | int) -> None:
    """Lock the practitioners that these appointments have claimed, others with them, and the rooms of their locations.

    Every room there: a time that is given back may be offered to someone who needs another one.
    """
    rows = list(appointments)
    people = Claim.objects.filter(appointment__in=rows, practitioner__isnull=False)
    rooms = Resource.objects.filter(location__in={one.location_id for one in rows})
    lock([*people.values_list("practitioner_id", flat=True), *others], list(rooms.values_list("pk", flat=True)))


def take(appointment: Appointment, *, rooms: Sequence[Sequence[int]], now: datetime) -> None:
    """Claim the appointment's time for its practitioner and the first free room of each kind.

    The owners must be locked. The constraint cannot see the clock, so holds that ran out and are in the way go first.
    """
    span = appointment.type.visit.claim(appointment.starts_at)
    owners = [{"practitioner_id": appointment.practitioner_id}, *({"resource_id": free[0]} for free in rooms)]
    clear_the_way(owners, span, now=now)
    Claim.objects.bulk_create(
        Claim(appointment=appointment, starts_at=span.start, ends_at=span.end, **owner) for owner in owners
    )


def clear_the_way(owners: Sequence[dict[str, int]], span: Interval, *, now: datetime) -> None:
    theirs = Q()
    for owner in owners:
        theirs |= Q(**owner)
    in_the_way = Claim.objects.touching(span).filter(theirs).values("appointment")
    delete_holds(Appointment.objects.expired_holds(at=now).filter(pk__in=in_the_way))


def delete_holds(holds: AppointmentQuerySet) -> None:
    """Delete these, but none that becomes a request in this moment: Django reads first and deletes by key."""
    keys = list(holds.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    Appointment.objects.filter(pk__in=keys).delete()
