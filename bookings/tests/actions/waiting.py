"""People on the waiting list."""

from datetime import timedelta
from typing import Any

from bookings.actions.booking import Booking, Contact
from bookings.enums import OfferState
from bookings.models import Appointment, Patient, PlaceOffer, WaitingEntry
from bookings.tests.factories import Diary

NAMES = iter(f"Person {number}" for number in range(10_000))


def patient(diary: Diary, name: str = "", **values: Any) -> Patient:
    name = name or next(NAMES)
    email = values.pop("email", f"{name.lower().replace(' ', '.')}@example.com")
    return Patient.objects.create(
        name=name, email=email, phone="+4915112345678", language="en", created_at=diary.now, **values
    )


def waiting(diary: Diary, name: str = "", *, since: int = 0, **values: Any) -> WaitingEntry:
    """Someone who waits for any place, for `since` minutes by now."""
    appointment: Appointment | None = values.get("appointment")
    values.setdefault("patient", appointment.patient if appointment else patient(diary, name))
    return WaitingEntry.objects.create(
        type=diary.type,
        treatment=diary.treatment,
        location=values.pop("location", diary.location),
        created_at=diary.now - timedelta(minutes=since),
        **values,
    )


def booking(name: str) -> Booking:
    """A booking of someone else than the factories' Ada."""
    email = f"{name.lower().replace(' ', '.')}@example.com"
    return Booking(Contact(name=name, email=email, phone="+4915112345679", language="en"))


def open_offers() -> list[PlaceOffer]:
    return list(PlaceOffer.objects.filter(state=OfferState.OPEN).order_by("pk"))


def offered_to() -> list[WaitingEntry]:
    return [offer.entry for offer in open_offers()]
