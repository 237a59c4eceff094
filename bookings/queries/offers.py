"""What a visitor may book for a treatment, and where."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings.models import AppointmentType, WorkingHours
from bookings.models.appointment_type import kind_for
from clinic.models import Location
from treatments.models import Treatment


def bookable_type(treatment: Treatment) -> AppointmentType | None:
    """The appointment type that visitors book for `treatment`; None where it can only be arranged by phone."""
    return AppointmentType.objects.bookable_for(treatment).filter(Exists(hours_for_type())).first()


def locations_for(type: AppointmentType) -> list[Location]:
    """The locations where someone does this appointment type, in the clinic's order."""
    working = Location.objects.filter(
        working_hours__practitioner__is_active=True, working_hours__practitioner__appointment_types=type
    )
    return list(working.filter(Q(appointment_types=type) | Q(pk__in=unlimited(type))).distinct())


def unlimited(type: AppointmentType) -> Iterable[int]:
    """Every location, where the type is limited to none."""
    if type.locations.exists():
        return []
    return Location.objects.values_list("pk", flat=True)


# The rows that limit an appointment type to locations.
LIMITS: Any = AppointmentType.locations.through


def hours_for_type() -> QuerySet[WorkingHours]:
    """The working hours in which the appointment type of an outer query can be booked."""
    limits = LIMITS.objects.filter(appointmenttype=OuterRef(OuterRef("pk")))
    allowed = Q(location__appointment_types=OuterRef("pk")) | ~Exists(limits)
    return WorkingHours.objects.filter(
        allowed, practitioner__is_active=True, practitioner__appointment_types=OuterRef("pk")
    )


def bookable_treatments(treatments: Iterable[Treatment]) -> set[int]:
    """The keys of those treatments that visitors can book; two queries for any number of treatments."""
    types = AppointmentType.objects.filter(Exists(hours_for_type()), is_active=True).prefetch_related("treatments")
    by_type = [(type.kind, {treatment.pk for treatment in type.treatments.all()}) for type in types]
    return {
        treatment.pk
        for treatment in treatments
        for kind, limited_to in by_type
        if kind == kind_for(treatment) and (not limited_to or treatment.pk in limited_to)
    }
