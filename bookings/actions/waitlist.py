"""The waiting list: a time that becomes free is offered to one person after the other."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from bookings import lifecycle
from bookings.actions.hold import hold_one
from bookings.availability.intervals import Interval
from bookings.enums import OfferState, State
from bookings.exceptions import SlotTaken
from bookings.models import Appointment, Patient, PlaceOffer, Transition, WaitingEntry
from bookings.queries.diary import read_diary
from bookings.queries.openings import part_of_day
from bookings.queries.wish import Wish, wish_for
from clinic.models import Clinic, Practitioner


def offer_freed(gone: Appointment, *, starts_at: datetime, practitioner: Practitioner, now: datetime) -> None:
    """Offer the time that `gone` gave back to whoever waited longest and fits, held for them for a while.

    Its practitioner must be locked. Never offered to whoever gave up that very time, nor twice to the same entry.
    """
    if starts_at <= now:
        return
    span = gone.type.visit.claim(starts_at)
    for entry in fitting(gone, practitioner, starts_at):
        if start := place_for(entry, practitioner, span, now=now):
            offer(entry, practitioner, start, now=now)


def fitting(gone: Appointment, practitioner: Practitioner, starts_at: datetime) -> Iterable[WaitingEntry]:
    """Entries that wait for such a place and have no other one offered, the longest waiting first."""
    is_offered = PlaceOffer.objects.filter(entry=OuterRef("pk"), state=OfferState.OPEN)
    entries = WaitingEntry.objects.waiting().filter(
        Q(practitioner=None) | Q(practitioner=practitioner),
        ~Exists(is_offered),
        # Whoever has an appointment waits for an earlier one, and only while it is not over.
        Q(appointment=None) | Q(appointment__starts_at__gt=starts_at, appointment__state__in=sorted(lifecycle.BOOKED)),
        location=gone.location,
        type__practitioners=practitioner,
    )
    related = ("type", "location", "treatment", "patient", "screening", "appointment")
    return entries.exclude(appointment=gone).select_related(*related)


def place_for(entry: WaitingEntry, practitioner: Practitioner, span: Interval, *, now: datetime) -> datetime | None:
    """The first start in the freed span that the entry would take and may have."""
    zone = entry.location.zone
    wish = wish_of_entry(entry, practitioner)
    first, last = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
    for start in read_diary(wish, first=first, last=last, now=now).starts():
        local = start.astimezone(zone)
        if (
            wish.type.visit.claim(start).overlaps(span)
            and (not entry.weekdays or local.weekday() in entry.weekdays)
            and (not entry.parts or part_of_day(local) in entry.parts)
            and not was_given_up(entry, start)
            and not entry.offers.filter(practitioner=practitioner, starts_at=start).exists()
        ):
            return start
    return None


def wish_of_entry(entry: WaitingEntry, practitioner: Practitioner) -> Wish:
    return wish_for(
        entry.type,
        entry.location,
        people=[practitioner],
        not_before=entry.screening.not_before if entry.screening else None,
        not_after=entry.last_day,
    )


def was_given_up(entry: WaitingEntry, start: datetime) -> bool:
    """Whether this person once cancelled, or moved away from, an appointment at exactly this time."""
    same_person = Patient.objects.filter(email__iexact=entry.patient.email, name__iexact=entry.patient.name)
    cancelled = Appointment.objects.filter(patient__in=same_person, state=State.CANCELLED, starts_at=start)
    moved = Transition.objects.filter(appointment__patient__in=same_person, moved_from=start)
    return cancelled.exists() or moved.exists()


def offer(entry: WaitingEntry, practitioner: Practitioner, start: datetime, *, now: datetime) -> PlaceOffer | None:
    """Hold a place for an entry and note the offer; None if it cannot be held after all."""
    until = min(now + timedelta(minutes=Clinic.objects.current().offer_minutes), start)
    wish = wish_of_entry(entry, practitioner)
    try:
        hold = hold_one(wish, entry.treatment, start, practitioner, until, now, visitor=f"place {entry.reference}")
    except SlotTaken:
        return None
    return PlaceOffer.objects.create(
        entry=entry, hold=hold, practitioner=practitioner, starts_at=start, offered_at=now, until=until
    )
