"""People on the waiting list."""

from datetime import datetime, timedelta
from typing import Any

from bookings.actions.booking import Booking, Contact
from bookings.actions.change import change_state
from bookings.enums import Actor, OfferState, State
from bookings.models import Appointment, Patient, PlaceOffer, WaitingEntry
from bookings.tests.diary import Diary

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


def give_up(appointment: Appointment, diary: Diary, to: State = State.CANCELLED) -> None:
    change_state(appointment=appointment, to=to, actor=Actor.PATIENT, now=diary.now)


def freed(diary: Diary, days: int = 1, hour: int = 10) -> datetime:
    """A time that somebody else had and gave up."""
    booked = diary.request(diary.at(days, hour), visitor=f"freed {days} {hour}", booking=booking("Zoe"))
    change_state(appointment=booked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    return booked.starts_at


def offered(diary: Diary, entry: WaitingEntry, days: int = 1, hour: int = 10) -> PlaceOffer:
    """The place that was freed and is now held for this entry."""
    freed(diary, days, hour)
    return entry.offers.get(state=OfferState.OPEN)
