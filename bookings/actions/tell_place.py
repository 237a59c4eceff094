"""Telling whoever waits of the place that is held for them, and taking it back."""

from datetime import datetime

from bookings.actions.outbox import take_back, write
from bookings.enums import MessageKind
from bookings.models import Message, PlaceOffer
from bookings.queries.visits import quiet_of
from clinic.models import Clinic


def tell_of_place(offer: PlaceOffer, clinic: Clinic, *, now: datetime) -> None:
    """Whoever waits: of the place that is held for them."""
    entry = offer.entry
    quiet = quiet_of(clinic)
    zone, day = entry.location.zone, offer.starts_at.astimezone(entry.location.zone).date()
    write(
        kind=MessageKind.PLACE,
        event=f"place {offer.pk}",
        due_at=quiet.first_chance(now, zone, about=day, until=offer.until) or now,
        now=now,
        not_after=offer.until,
        entry=entry,
        offer=offer,
        patient=entry.patient,
    )


def take_back_place(offer: PlaceOffer) -> None:
    """Nobody is offered what is gone."""
    take_back(Message.objects.filter(offer=offer))
