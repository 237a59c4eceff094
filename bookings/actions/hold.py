"""Keeping a free time for someone for some minutes: hold, hold for longer, free."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count

from django.db import transaction

from bookings.actions.claims import delete_holds, lock_for, take
from bookings.actions.overlaps import lock, lock_visitor, overlap_is_slot_taken
from bookings.exceptions import HoldExpired, SlotTaken
from bookings.models import Appointment, Course
from bookings.models.appointment import AppointmentQuerySet
from bookings.queries.openings import narrowed, offered
from bookings.queries.wish import Wish, wish_for
from clinic.models import Practitioner
from treatments.models import Treatment

# A hold that ran out may still become a request while nobody else wants the time; then it is forgotten.
FORGOTTEN_AFTER = timedelta(hours=24)


def hold(*, wish: Wish, treatment: Treatment, start: datetime, minutes: int, now: datetime) -> Appointment:
    """Keep `start` (aware) for the wish's visitor for some minutes, in place of whatever the visitor held before.

    With several people it is the one with the fewest appointments that day. Raises SlotTaken, and then the
    visitor's earlier hold stays.
    """
    return hold_all(wish=wish, treatment=treatment, sessions=[(start, None)], minutes=minutes, now=now)[0]


def hold_all(
    *,
    wish: Wish,
    treatment: Treatment,
    sessions: Sequence[tuple[datetime, Practitioner | None]],
    minutes: int,
    now: datetime,
    course: Course | None = None,
    numbers: Sequence[int] = (),
) -> list[Appointment]:
    """Hold several starts, each with anyone or with one practitioner: all or none. Raises SlotTaken.

    `numbers` are those of a course's sessions, where these are not the first ones.
    """
    with overlap_is_slot_taken(), transaction.atomic():
        lock_for(wish.type, wish.location, wish.people)
        # After the diaries, and always: in another window it may be the diary of somebody else.
        lock_visitor(wish.visitor)
        delete_holds(Appointment.objects.held_by(wish.visitor))
        until = now + timedelta(minutes=minutes)
        return [
            hold_one(wish, treatment, start, person, until, now, visitor=wish.visitor, course=course, number=number)
            for number, (start, person) in zip(numbers or count(1), sessions, strict=False)
        ]


def hold_one(
    wish: Wish,
    treatment: Treatment,
    start: datetime,
    person: Practitioner | None,
    until: datetime,
    now: datetime,
    *,
    visitor: str,
    course: Course | None = None,
    number: int = 1,
) -> Appointment:
    """One hold with its claims; its owners must be locked. Raises SlotTaken if it is not offered."""
    people = (person,) if person else wish.people
    found = offered(narrowed(wish, visitor="", people=people), start, now=now)
    if found is None:
        raise SlotTaken
    appointment = Appointment.objects.create(
        visitor=visitor,
        type=wish.type,
        treatment=treatment,
        practitioner=found.people[0],
        location=wish.location,
        starts_at=start,
        ends_at=start + wish.type.visit.duration,
        held_until=until,
        course=course,
        session_number=number if course else None,
    )
    take(appointment, rooms=found.rooms, now=now)
    return appointment


def extend(*, visitor: str, minutes: int, now: datetime) -> list[Appointment]:
    """Hold all that the visitor holds for `minutes` from now; what ran out is held again if it is still free.

    Raises HoldExpired if there is no hold, SlotTaken if a time was given to someone else.
    """
    with overlap_is_slot_taken(), transaction.atomic():
        held = locked(Appointment.objects.held_by(visitor))
        for appointment in held:
            require_still_free(appointment, now=now)
            appointment.held_until = now + timedelta(minutes=minutes)
            appointment.save(update_fields=["held_until"])
    return held


def release(*, visitor: str) -> None:
    """Free whatever the visitor holds."""
    with transaction.atomic():
        delete_holds(Appointment.objects.held_by(visitor))


def forget_holds(*, now: datetime) -> None:
    """Delete the holds that ran out so long ago that nobody will come back for them."""
    with transaction.atomic():
        delete_holds(Appointment.objects.expired_holds(at=now - FORGOTTEN_AFTER))


def locked(wanted: AppointmentQuerySet) -> list[Appointment]:
    """The appointments in `wanted` in order of time, their diaries locked. Raises HoldExpired if there are none."""
    owners = list(wanted.values_list("pk", "practitioner_id"))
    lock([owner for _key, owner in owners])
    # Read again: while we waited for the lock, someone may have taken the time of a hold that had run out, or the
    # visitor may have sent the request in another window.
    found = (
        wanted.select_related("type", "location", "practitioner", "treatment", "patient", "course__consultation")
        .select_for_update(of=("self",))
        .filter(pk__in=[key for key, _owner in owners])
        .order_by("starts_at", "pk")
    )
    appointments = list(found)
    if not appointments:
        raise HoldExpired
    return appointments


def require_still_free(appointment: Appointment, *, now: datetime) -> None:
    """Raises HoldExpired if the time has passed, SlotTaken if a hold that ran out is no longer offered."""
    if appointment.starts_at <= now:
        raise HoldExpired
    if appointment.held_until and appointment.held_until <= now:
        wish = wish_for(
            appointment.type, appointment.location, people=[appointment.practitioner], visitor=appointment.visitor
        )
        if not offered(wish, appointment.starts_at, now=now):
            raise SlotTaken
