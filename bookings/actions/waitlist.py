"""The waiting list: a time that becomes free is offered to one person after the other."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings import lifecycle
from bookings.actions.claims import delete_holds
from bookings.actions.hold import hold_one
from bookings.actions.overlaps import overlap_is_slot_taken
from bookings.actions.tell_place import take_back_place, tell_of_place
from bookings.availability.intervals import Interval, subtract
from bookings.enums import OfferState, State
from bookings.exceptions import SlotTaken
from bookings.models import Appointment, PlaceOffer, WaitingEntry
from bookings.queries.diary import read_diary
from bookings.queries.visits import quiet_of
from bookings.queries.waiting import may_have, suits, wish_of_entry
from clinic.models import Clinic, Practitioner


def offer_freed(gone: Appointment, *, starts_at: datetime, practitioner: Practitioner, now: datetime) -> None:
    """Offer the time that `gone` gave back to whoever waited longest and fits, held for them for a while.

    Its practitioner must be locked. Never offered to whoever gave up that very time, nor twice to the same entry.
    """
    if starts_at <= now:
        return
    visit = gone.type.visit
    span = Interval(starts_at - visit.before, starts_at + (gone.ends_at - gone.starts_at) + visit.after)
    left = [span]
    for entry in fitting(gone, practitioner, span):
        start = place_for(entry, practitioner, span, now=now)
        if start and offer(entry, practitioner, start, now=now):
            # What is left of a long visit may suit someone who waits for a short one.
            left = subtract(left, [entry.type.visit.claim(start)])
            if not left:
                return


def fitting(gone: Appointment, practitioner: Practitioner, span: Interval) -> Iterable[WaitingEntry]:
    """Entries that wait for such a place and have no other one offered, the longest waiting first."""
    entries = without_offer().filter(
        Q(practitioner=None) | Q(practitioner=practitioner),
        # Whoever has an appointment waits for an earlier one, and only while it is not over.
        Q(appointment=None) | Q(appointment__starts_at__gt=span.start, appointment__state__in=sorted(lifecycle.BOOKED)),
        location=gone.location,
        type__practitioners=practitioner,
    )
    related = ("type", "location", "treatment", "patient", "screening", "appointment__course__consultation")
    return entries.exclude(appointment=gone).select_related(*related)


def without_offer() -> QuerySet[WaitingEntry]:
    is_offered = PlaceOffer.objects.filter(entry=OuterRef("pk"), state=OfferState.OPEN)
    return WaitingEntry.objects.waiting().filter(~Exists(is_offered))


def place_for(entry: WaitingEntry, practitioner: Practitioner, span: Interval, *, now: datetime) -> datetime | None:
    """The first start that the entry would take and may have, of a visit within the freed span, buffers included.

    What is free beside it was free before, and anyone may have it: offering that, too, would go on through the diary.
    """
    zone = entry.location.zone
    wish = wish_of_entry(entry, practitioner)
    first, last = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
    for start in read_diary(wish, first=first, last=last, now=now).starts():
        within = span.covers(wish.type.visit.claim(start))
        if within and start > now and suits(entry, start) and may_have(entry, start, now=now):
            return start
    return None


def offer(entry: WaitingEntry, practitioner: Practitioner, start: datetime, *, now: datetime) -> PlaceOffer | None:
    """Hold a place for an entry and note the offer; None if it cannot be held after all."""
    clinic = Clinic.objects.current()
    # Counted from when they can hear of it: nobody is woken up.
    heard = quiet_of(clinic).after(now, entry.location.zone)
    until = min(heard + timedelta(minutes=clinic.offer_minutes), start)
    wish = wish_of_entry(entry, practitioner)
    # Asked again under a lock: another time may be offered to this entry in this moment. In two statements, as
    # PostgreSQL would judge the offers by what was there before it waited for the lock.
    list(WaitingEntry.objects.select_for_update(of=("self",), no_key=True).filter(pk=entry.pk))
    if not without_offer().filter(pk=entry.pk).exists():
        return None
    try:
        # A savepoint of its own: whoever gives a time back does so, whether or not it can be offered on.
        with overlap_is_slot_taken(), transaction.atomic():
            hold = hold_one(wish, entry.treatment, start, practitioner, until, now, visitor=f"place {entry.reference}")
    except SlotTaken:
        return None
    made = PlaceOffer.objects.create(
        entry=entry, hold=hold, practitioner=practitioner, starts_at=start, offered_at=now, until=until
    )
    tell_of_place(made, clinic, now=now)
    return made


def pass_on(offer: PlaceOffer, state: OfferState, *, now: datetime) -> None:
    """End an open offer in this state, and give its place to the next who fits; its owners must be locked."""
    hold = offer.hold
    PlaceOffer.objects.filter(pk=offer.pk).update(state=state, hold=None)
    take_back_place(offer)
    if hold is None or hold.state != State.HELD:
        return
    delete_holds(Appointment.objects.filter(pk=hold.pk))
    offer_freed(hold, starts_at=offer.starts_at, practitioner=offer.practitioner, now=now)
