"""When people work, and when they and the rooms are taken: rows of the database as intervals."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from bookings.availability.hours import WeeklyHours, local_day, working_intervals
from bookings.availability.intervals import Interval, known, subtract
from bookings.enums import State
from bookings.models import Claim, Closure, Resource, SpecialHours, TimeOff, WorkingHours
from bookings.queries.wish import Wish

Times = dict[int, list[Interval]]


def worked(wish: Wish, first: date, last: date) -> Times:
    """When each practitioner works at the location: weekly hours, hours of single days, and no closures."""
    place, zone = wish.location, wish.location.zone
    weekly: dict[int, list[WeeklyHours]] = defaultdict(list)
    for row in WorkingHours.objects.filter(practitioner__in=wish.people, location=place):
        spans = [(row.starts, row.ends)]
        if row.break_starts and row.break_ends:
            spans = [(row.starts, row.break_starts), (row.break_ends, row.ends)]
        weekly[row.practitioner_id] += [
            WeeklyHours(
                row.weekday,
                starts,
                ends,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                every=row.every,
                week_starts_on=place.week_starts_on,
            )
            for starts, ends in spans
            if starts < ends
        ]
    special: dict[int, list[SpecialHours]] = defaultdict(list)
    for one in SpecialHours.objects.filter(practitioner__in=wish.people, location=place, day__range=(first, last)):
        special[one.practitioner_id].append(one)
    closed = [
        interval
        for closure in Closure.objects.filter(location=place, first_day__lte=last, last_day__gte=first)
        for interval in closure_intervals(closure, wish)
    ]
    found: Times = {}
    for person in wish.people:
        intervals = working_intervals(weekly[person.pk], first=first, last=last, zone=zone)
        if special[person.pk]:
            days = {one.day for one in special[person.pk]}
            intervals = subtract(intervals, [local_day(day, zone) for day in days])
            for one in special[person.pk]:
                hours = WeeklyHours(one.day.weekday(), one.starts, one.ends)
                intervals += working_intervals([hours], first=one.day, last=one.day, zone=zone)
        found[person.pk] = subtract(intervals, closed)
    return found


def closure_intervals(closure: Closure, wish: Wish) -> list[Interval]:
    closure.location = wish.location  # without asking for it again
    return closure.intervals


def rooms(wish: Wish, within: Interval, now: datetime) -> dict[int, Times]:
    """For each kind of room or device that the type needs, when each one at the location is taken."""
    kinds = list(wish.type.resource_kinds.values_list("pk", flat=True))
    if not kinds:
        return {}
    found: dict[int, Times] = {kind: {} for kind in kinds}
    owners: dict[int, list[Interval]] = {}
    for room in Resource.objects.filter(kind__in=kinds, location=wish.location, is_active=True):
        owners[room.pk] = found[room.kind_id][room.pk] = []
    for owner, interval in claims(wish, "resource", list(owners), within, now):
        owners[owner].append(interval)
    for owner, interval in time_off("resource", list(owners), within):
        owners[owner].append(interval)
    return found


def claims(wish: Wish, owner: str, keys: list[int], within: Interval, now: datetime) -> Iterable[tuple[int, Interval]]:
    """Who or what is taken when, but for holds that ran out and for what does not stand in the wish's way."""
    found = Claim.objects.touching(within).live(at=now).filter(**{f"{owner}__in": keys})
    if wish.visitor:
        found = found.exclude(appointment__state=State.HELD, appointment__visitor=wish.visitor)
    if wish.moving:
        found = found.exclude(appointment__in=wish.moving)
    rows = found.order_by("starts_at").values_list(f"{owner}_id", "starts_at", "ends_at")
    # The database keeps them in order, and Django gives them in UTC: nothing to check again for thousands of rows.
    return ((key, known((starts_at, ends_at))) for key, starts_at, ends_at in rows)


def time_off(owner: str, keys: list[int], within: Interval) -> Iterable[tuple[int, Interval]]:
    overlapping = Q(starts_at__lt=within.end, ends_at__gt=within.start)
    rows = TimeOff.objects.filter(overlapping, **{f"{owner}__in": keys})
    return (
        (key, Interval(starts_at, ends_at))
        for key, starts_at, ends_at in rows.values_list(f"{owner}_id", "starts_at", "ends_at")
    )
