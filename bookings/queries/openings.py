"""Which times are free: the one answer that both the calendar and the booking action use."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from bookings.availability.hours import WeeklyHours, local_day, working_intervals
from bookings.availability.intervals import Interval, subtract
from bookings.availability.slots import free_starts
from bookings.enums import State
from bookings.models import AppointmentType, Claim, TimeOff, WorkingHours
from clinic.models import Location, Practitioner

Offers = dict[datetime, list[Practitioner]]


def practitioners_for(type: AppointmentType, location: Location) -> list[Practitioner]:
    """Who does this appointment type at this location, in the clinic's order; nobody where it cannot be booked."""
    here = Q(appointment_types__locations=None) | Q(appointment_types__locations=location)
    return list(
        Practitioner.objects.filter(
            here,
            is_active=True,
            appointment_types=type,
            appointment_types__is_active=True,
            working_hours__location=location,
        ).distinct()
    )


def bounds(type: AppointmentType, location: Location, now: datetime) -> tuple[datetime, datetime]:
    """The earliest and the latest start that may be booked at `now`: aware, from the type's notice and horizon.

    The last day counts whole, by the calendar of the location.
    """
    furthest = now.astimezone(location.zone).date() + timedelta(days=type.furthest_days)
    return now + timedelta(hours=type.least_notice_hours), local_day(furthest, location.zone).end - timedelta(minutes=1)


@dataclass(frozen=True)
class Diary:
    """What is known of some practitioners' time at one location between two local days, both included."""

    location: Location
    practitioners: list[Practitioner]
    hours: dict[int, list[WeeklyHours]]
    taken: dict[int, list[Interval]]
    booked: dict[int, list[Interval]]

    def works_on(self, day: date) -> bool:
        """Whether anyone has working hours on this local day."""
        zone = self.location.zone
        return any(working_intervals(hours, first=day, last=day, zone=zone) for hours in self.hours.values())

    def load(self, practitioner: Practitioner, day: date) -> int:
        """How many appointments the practitioner has on this local day."""
        whole_day = local_day(day, self.location.zone)
        return sum(interval.overlaps(whole_day) for interval in self.booked[practitioner.pk])

    def offers(self, type: AppointmentType, *, first: date, last: date, now: datetime) -> Offers:
        """Every start from `first` to `last` (local days) that may be booked, with who is free, least booked first."""
        zone = self.location.zone
        earliest, latest = bounds(type, self.location, now)
        offers: Offers = defaultdict(list)
        for practitioner in self.practitioners:
            worked = working_intervals(self.hours[practitioner.pk], first=first, last=last, zone=zone)
            free = subtract(worked, self.taken[practitioner.pk])
            for start in free_starts(free, type.visit, zone=zone, earliest=earliest, latest=latest):
                offers[start].append(practitioner)
        loads: dict[tuple[int, date], int] = {}
        for start, free_practitioners in offers.items():
            day = start.astimezone(zone).date()
            for practitioner in free_practitioners:
                if (practitioner.pk, day) not in loads:
                    loads[practitioner.pk, day] = self.load(practitioner, day)
            free_practitioners.sort(key=lambda practitioner: loads[practitioner.pk, day])
        return dict(sorted(offers.items()))


def read_diary(
    *,
    practitioners: Iterable[Practitioner],
    location: Location,
    first: date,
    last: date,
    now: datetime,
    visitor: str = "",
) -> Diary:
    """The diary from `first` to `last` in three queries. Holds of `visitor` do not stand in the visitor's own way."""
    practitioners = list(practitioners)
    zone = location.zone
    within = Interval(local_day(first, zone).start, local_day(last, zone).end)
    hours: dict[int, list[WeeklyHours]] = defaultdict(list)
    for row in WorkingHours.objects.filter(practitioner__in=practitioners, location=location):
        hours[row.practitioner_id].append(
            WeeklyHours(row.weekday, row.starts, row.ends, valid_from=row.valid_from, valid_to=row.valid_to)
        )
    taken: dict[int, list[Interval]] = defaultdict(list)
    booked: dict[int, list[Interval]] = defaultdict(list)
    claims = Claim.objects.blocking(practitioners=practitioners, within=within, now=now)
    if visitor:
        claims = claims.exclude(appointment__state=State.HELD, appointment__visitor=visitor)
    for owner, starts_at, ends_at in claims.values_list("practitioner_id", "starts_at", "ends_at"):
        booked[owner].append(Interval(starts_at, ends_at))
        taken[owner].append(Interval(starts_at, ends_at))
    off = TimeOff.objects.filter(
        practitioner__in=practitioners, starts_at__lt=within.end, ends_at__gt=within.start
    ).values_list("practitioner_id", "starts_at", "ends_at")
    for owner, starts_at, ends_at in off:
        taken[owner].append(Interval(starts_at, ends_at))
    return Diary(location, practitioners, hours, taken, booked)


def offered(
    *,
    type: AppointmentType,
    location: Location,
    practitioners: Iterable[Practitioner],
    start: datetime,
    now: datetime,
    visitor: str = "",
) -> list[Practitioner]:
    """Who can be booked for exactly this start, the least booked that day first; empty if nobody can."""
    day = start.astimezone(location.zone).date()
    diary = read_diary(practitioners=practitioners, location=location, first=day, last=day, now=now, visitor=visitor)
    return diary.offers(type, first=day, last=day, now=now).get(start, [])


def next_free(
    *,
    type: AppointmentType,
    location: Location,
    practitioners: list[Practitioner],
    now: datetime,
    visitor: str = "",
) -> datetime | None:
    """The first start that can be booked within the type's horizon, or None. Reads the diary once."""
    earliest, latest = (moment.astimezone(location.zone).date() for moment in bounds(type, location, now))
    if latest < earliest:  # a notice longer than the horizon leaves no day to look at
        return None
    diary = read_diary(
        practitioners=practitioners, location=location, first=earliest, last=latest, now=now, visitor=visitor
    )
    for first, last in weeks(earliest, latest):
        if offers := diary.offers(type, first=first, last=last, now=now):
            return next(iter(offers))
    return None


def weeks(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days from `first` to `last` in stretches of a week."""
    while first <= last:
        yield first, min(first + timedelta(days=6), last)
        first += timedelta(days=7)


def part_of_day(local: datetime) -> str:
    """Morning ends at noon, the afternoon at five."""
    if local.time() < time(12):
        return "morning"
    return "afternoon" if local.time() < time(17) else "evening"
