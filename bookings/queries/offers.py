"""What a visitor may book for a treatment, and where."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from bookings.models import AppointmentType, SpecialHours, WorkingHours
from bookings.models.appointment_type import kind_for
from clinic.models import Location
from treatments.models import Treatment


def bookable_type(treatment: Treatment) -> AppointmentType | None:
    """The appointment type that visitors book for `treatment`; None where it can only be arranged by phone."""
    return AppointmentType.objects.bookable_for(treatment).filter(has_hours()).first()


def locations_for(type: AppointmentType) -> list[Location]:
    """The locations where someone does this appointment type, in the clinic's order."""
    hours = {"location": OuterRef("pk"), "practitioner__is_active": True, "practitioner__appointment_types": type}
    # Not joined: on tables that PostgreSQL has not counted yet it compiles such a join for more than a second.
    working = Location.objects.filter(
        Exists(WorkingHours.objects.filter(**hours)) | Exists(SpecialHours.objects.filter(**hours))
    )
    return list(working.filter(appointment_types=type) if type.locations.exists() else working)


# The rows that limit an appointment type to locations.
LIMITS: Any = AppointmentType.locations.through


def has_hours() -> Q:
    """Whether somebody has hours in which the appointment type of a query can be booked, weekly or on a single day."""
    limits = LIMITS.objects.filter(appointmenttype=OuterRef(OuterRef("pk")))
    allowed = Q(location__appointment_types=OuterRef("pk")) | ~Exists(limits)
    who = {"practitioner__is_active": True, "practitioner__appointment_types": OuterRef("pk")}
    return Q(Exists(WorkingHours.objects.filter(allowed, **who))) | Q(
        Exists(SpecialHours.objects.filter(allowed, **who))
    )


def bookable_treatments(treatments: Iterable[Treatment]) -> set[int]:
    """The keys of those treatments that visitors can book; two queries for any number of treatments."""
    types = AppointmentType.objects.filter(has_hours(), is_active=True).prefetch_related("treatments")
    by_type = [(type.kind, {treatment.pk for treatment in type.treatments.all()}) for type in types]
    return {
        treatment.pk
        for treatment in treatments
        for kind, limited_to in by_type
        if kind == kind_for(treatment) and (not limited_to or treatment.pk in limited_to)
    }
