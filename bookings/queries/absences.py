"""Whom time off or a closure hits, and who or what could stand in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from bookings import lifecycle
from bookings.availability.intervals import Interval
from bookings.enums import State
from bookings.models import Appointment, Claim, Closure, PlaceOffer, Resource, TimeOff
from bookings.queries.diary import Diary, read_diary
from bookings.queries.openings import narrowed
from bookings.queries.wish import wish_for
from clinic.models import Practitioner

# What is over needs no decision.
NOT_OVER = frozenset({State.HELD, State.REQUESTED, State.CONFIRMED, State.ARRIVED})
StandIns = dict[int, list[Practitioner] | list[Resource]]


def hit_by(absence: TimeOff | Closure, *, now: datetime) -> list[Appointment]:
    """The appointments and live holds whose claims an absence, saved or not, touches; in order of time.

    Those that the absence hit before it was changed were decided about then.
    """
    stored = type(absence)._default_manager.filter(pk=absence.pk).first() if absence.pk else None
    known = set(touched_by(stored, now=now)) if stored else set()
    keys = [key for key in touched_by(absence, now=now) if key not in known]
    related = ("type", "treatment", "location", "practitioner", "patient", "place_offer__entry__patient")
    found = Appointment.objects.filter(Q(ends_at__gt=now), pk__in=keys, state__in=sorted(NOT_OVER))
    return list(found.select_related(*related).order_by("starts_at", "pk"))


def touched_by(absence: TimeOff | Closure, *, now: datetime) -> list[int]:
    """The keys of the appointments with a live claim in an absence, each once."""
    spans = absence.intervals if isinstance(absence, Closure) else [absence.interval]
    if not spans:
        return []
    claims = Claim.objects.touching(Interval(spans[0].start, spans[-1].end)).live(at=now)
    if isinstance(absence, Closure):
        claims = claims.filter(appointment__location=absence.location_id)
    elif absence.practitioner_id:
        claims = claims.filter(practitioner=absence.practitioner_id)
    else:
        claims = claims.filter(resource=absence.resource_id)
    rows = claims.values_list("appointment_id", "starts_at", "ends_at")
    keys = (key for key, start, end in rows if any(Interval(start, end).overlaps(span) for span in spans))
    return list(dict.fromkeys(keys))


def place_offered(hold: Appointment) -> PlaceOffer | None:
    """The offer to the waiting list that a hold keeps a place for; None if a visitor is booking it.

    None, too, for the appointment that an accepted offer became.
    """
    return getattr(hold, "place_offer", None) if hold.state == State.HELD else None


def stand_ins(absence: TimeOff | Closure, hit: Iterable[Appointment], *, now: datetime) -> StandIns:
    """By an appointment's key, who else is free at that very time, or which other room of the kind.

    Nobody stands in at a place that is closed, nor for what has begun. One reading of the diary for each type and
    place.
    """
    if isinstance(absence, Closure):
        return {}
    groups = defaultdict(list)
    for one in hit:
        if one.state in lifecycle.BOOKED and one.starts_at > now:
            groups[one.type, one.location].append(one)
    found: StandIns = {}
    for (type, location), group in groups.items():
        wish = wish_for(type, location, moving=frozenset(one.pk for one in group), by_staff=True)
        others = tuple(person for person in wish.people if person.pk != absence.practitioner_id)
        days = [one.local_start.date() for one in group]
        diary = read_diary(narrowed(wish, people=others), first=min(days), last=max(days), now=now)
        found |= other_rooms(diary, absence.resource, group) if absence.resource else other_people(diary, group)
    return found


def other_people(diary: Diary, group: Sequence[Appointment]) -> StandIns:
    offered = set(diary.starts())
    return {one.pk: diary.free_at(one.starts_at) if one.starts_at in offered else [] for one in group}


def other_rooms(diary: Diary, room: Resource, group: Sequence[Appointment]) -> StandIns:
    taken = {key: times for key, times in diary.rooms.get(room.kind_id, {}).items() if key != room.pk}
    rooms = list(Resource.objects.filter(pk__in=taken))
    claims = Claim.objects.filter(resource=room, appointment__in=group)
    return {
        claim.appointment_id: [other for other in rooms if not any(map(interval_of(claim).overlaps, taken[other.pk]))]
        for claim in claims
    }


def interval_of(claim: Claim) -> Interval:
    return Interval(claim.starts_at, claim.ends_at)
