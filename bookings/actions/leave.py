"""Leaving the waiting list: what was offered to whoever leaves goes to the next."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bookings.actions.claims import lock_owners
from bookings.actions.waitlist import pass_on
from bookings.enums import EntryState, OfferState
from bookings.models import Appointment, PlaceOffer, WaitingEntry


def leave(*, entry: WaitingEntry, now: datetime) -> None:
    """Take an entry off the list, and pass on what is offered to it."""
    with transaction.atomic():
        held = holds_for([entry])
        lock_owners(held)
        take_off([entry], held, now=now)


def holds_for(entries: Sequence[WaitingEntry]) -> list[Appointment]:
    """The places that are held for these entries; their owners are to be locked before anything else."""
    return list(Appointment.objects.filter(place_offer__entry__in=entries, place_offer__state=OfferState.OPEN))


def take_off(entries: Sequence[WaitingEntry], held: Sequence[Appointment], *, now: datetime) -> None:
    """Take entries off the list, and pass on what is `held` for them.

    A place that was offered in this very moment is not among them: nobody can accept it any more, and it runs out.
    """
    keys = [entry.pk for entry in entries]
    WaitingEntry.objects.waiting().filter(pk__in=keys).update(state=EntryState.LEFT)
    related = ("practitioner", "hold__type", "hold__location", "hold__treatment", "hold__practitioner")
    offers = PlaceOffer.objects.filter(hold__in=held, state=OfferState.OPEN).select_for_update(of=("self",))
    for offer in offers.select_related(*related):
        pass_on(offer, OfferState.DECLINED, now=now)
