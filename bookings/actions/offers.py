"""What someone on the waiting list does with an offered place, and what happens to one that nobody answers."""

from datetime import datetime

from django.db import transaction

from bookings.actions.book import ask_alone
from bookings.actions.booking import Contact, require_few_open
from bookings.actions.claims import delete_holds, lock_owners
from bookings.actions.move import Move, move
from bookings.actions.overlaps import overlap_is_slot_taken
from bookings.actions.tell_place import take_back_place
from bookings.actions.waitlist import pass_on
from bookings.enums import Actor, EntryState, OfferState
from bookings.exceptions import OfferGone
from bookings.models import Appointment, PlaceOffer, WaitingEntry


def accept(*, offer: PlaceOffer, now: datetime) -> Appointment:
    """Give the place to the entry it is held for, once: accepting again returns the same appointment.

    An entry with an appointment moves there; another one asks for it. Raises OfferGone if it is no longer held, and
    SlotTaken, TooManyOpen or Obstructed as a move or a request does.
    """
    with overlap_is_slot_taken(), transaction.atomic():
        found = locked(offer)
        if found.state == OfferState.ACCEPTED:
            return accepted_place(found)
        hold = found.hold
        entry = found.entry
        gone = found.state != OfferState.OPEN or found.until <= now or entry.state != EntryState.WAITING
        if gone or hold is None:
            raise OfferGone
        if entry.appointment:
            delete_holds(Appointment.objects.filter(pk=hold.pk))
            wanted = Move(entry.appointment, found.starts_at, found.practitioner)
            move(moves=[wanted], actor=Actor.PATIENT, now=now, offered_by_us=True)
            place = Appointment.objects.get(pk=entry.appointment.pk)
        else:
            who = entry.patient
            # Meanwhile they may have asked elsewhere as often as anyone may.
            require_few_open(Contact(who.name, who.email, who.phone.as_e164, who.language), now=now)
            place = ask_alone(hold, entry=entry, now=now)
        PlaceOffer.objects.filter(pk=found.pk).update(state=OfferState.ACCEPTED)
        take_back_place(found)
        WaitingEntry.objects.filter(pk=entry.pk).update(state=EntryState.PLACED)
    return place


def accepted_place(offer: PlaceOffer) -> Appointment:
    """The appointment that an accepted offer led to."""
    place = offer.entry.appointment or offer.hold
    if place is None:
        raise OfferGone
    return place


def decline(*, offer: PlaceOffer, now: datetime) -> None:
    """Give the place to the next who fits; the entry goes on waiting for another one."""
    with transaction.atomic():
        found = locked(offer)
        if found.state == OfferState.OPEN:
            pass_on(found, OfferState.DECLINED, now=now)


def pass_on_unanswered(*, now: datetime) -> int:
    """Pass on every place that was not answered in time; returns how many. To be run each minute: `manage.py tidy`."""
    late = list(PlaceOffer.objects.filter(state=OfferState.OPEN, until__lte=now).order_by("until", "pk"))
    passed = 0
    for one in late:
        with transaction.atomic():
            found = locked(one)
            if found.state == OfferState.OPEN and found.until <= now:
                pass_on(found, OfferState.EXPIRED, now=now)
                passed += 1
    return passed


def locked(offer: PlaceOffer) -> PlaceOffer:
    """The offer as the database holds it now, with the diaries it touches locked first."""
    related = PlaceOffer.objects.select_related("hold", "entry__appointment")
    seen = related.get(pk=offer.pk)
    touched = [one for one in (seen.hold, seen.entry.appointment) if one]
    lock_owners(touched, seen.practitioner_id)
    return (
        PlaceOffer.objects.select_for_update(of=("self",))
        .select_related(
            "practitioner",
            "hold__type",
            "hold__location",
            "hold__treatment",
            "hold__practitioner",
            "entry__patient",
            "entry__screening",
            "entry__appointment",
        )
        .get(pk=offer.pk)
    )
