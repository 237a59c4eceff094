"""What a visitor may book for a treatment, and where."""

from collections.abc import Iterable

from django.db.models import Q

from bookings.models import AppointmentType
from bookings.models.appointment_type import kind_for
from clinic.models import Location
from treatments.models import Treatment


def bookable_type(treatment: Treatment) -> AppointmentType | None:
    """The appointment type that visitors book for `treatment`; None where it can only be arranged by phone."""
    return AppointmentType.objects.bookable_for(treatment).first()


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


def bookable_treatments(treatments: Iterable[Treatment]) -> set[int]:
    """The keys of those treatments that visitors can book; two queries for any number of treatments."""
    types = list(AppointmentType.objects.filter(is_active=True).prefetch_related("treatments"))
    by_type = [(type.kind, {treatment.pk for treatment in type.treatments.all()}) for type in types]
    return {
        treatment.pk
        for treatment in treatments
        for kind, limited_to in by_type
        if kind == kind_for(treatment) and (not limited_to or treatment.pk in limited_to)
    }
