"""What is looked for in the diary, and the days in which it may be."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from bookings.availability.hours import local_day
from bookings.models import AppointmentType, SpecialHours, WorkingHours
from clinic.models import Location, Practitioner

# Staff book any free time from now on, as far ahead as a type can ever be offered.
STAFF_DAYS = 730


@dataclass(frozen=True)
class Wish:
    """An appointment type at a location with any of `people`, for one visitor.

    `not_before` and `not_after` are local days that narrow what can be booked. The holds of `visitor`, and the
    appointments in `moving` (keys), do not stand in their own way. Staff keep to no notice and no horizon.
    """

    type: AppointmentType
    location: Location
    people: tuple[Practitioner, ...]
    not_before: date | None = None
    not_after: date | None = None
    visitor: str = ""
    moving: frozenset[int] = field(default_factory=frozenset)
    by_staff: bool = False

    def days(self, now: datetime) -> tuple[date, date]:
        """The first and the last local day of `bounds`; the last may lie before the first."""
        earliest, latest = bounds(self, now)
        return earliest.astimezone(self.location.zone).date(), latest.astimezone(self.location.zone).date()


def wish_for(type: AppointmentType, location: Location, **narrowed: object) -> Wish:
    """The wish for a type at a location with everyone who does it there; `people` narrows them."""
    people = practitioners_for(type, location)
    wanted: Iterable[Practitioner] | None = narrowed.pop("people", None)  # type: ignore[assignment]
    if wanted is not None:
        keys = {person.pk for person in wanted}
        people = [person for person in people if person.pk in keys]
    return Wish(type, location, tuple(people), **narrowed)  # type: ignore[arg-type]


def practitioners_for(type: AppointmentType, location: Location) -> list[Practitioner]:
    """Who does this appointment type at this location, in the clinic's order; nobody where it cannot be booked."""
    here = Q(appointment_types__locations=None) | Q(appointment_types__locations=location)
    hours = {"practitioner": OuterRef("pk"), "location": location}
    works = Exists(WorkingHours.objects.filter(**hours)) | Exists(SpecialHours.objects.filter(**hours))
    return list(
        Practitioner.objects.filter(
            here, works, is_active=True, appointment_types=type, appointment_types__is_active=True
        )
    )


def bounds(wish: Wish, now: datetime) -> tuple[datetime, datetime]:
    """The earliest and the latest start that may be booked at `now`: aware, from the type's notice and horizon.

    The last day counts whole, by the calendar of the location.
    """
    zone = wish.location.zone
    notice = timedelta(0) if wish.by_staff else timedelta(hours=wish.type.least_notice_hours)
    furthest = now.astimezone(zone).date() + timedelta(days=STAFF_DAYS if wish.by_staff else wish.type.furthest_days)
    earliest = now + notice
    if wish.not_before:
        # An endless wait ends on the last day that there is, which has no end: any day too far will do.
        not_before = min(wish.not_before, furthest + timedelta(days=1))
        earliest = max(earliest, local_day(not_before, zone).start)
    if wish.not_after:
        furthest = min(furthest, wish.not_after)
    return earliest, local_day(furthest, zone).end - timedelta(minutes=1)
