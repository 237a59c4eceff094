"""How an entry of the waiting list stands: what is offered to it, and what was."""

from datetime import datetime

from bookings.enums import OfferState
from bookings.models import Appointment, AppointmentType, PlaceOffer, SpecialHours, WaitingEntry, WorkingHours
from bookings.queries.wish import practitioners_for
from clinic.models import Location


def entry_for(appointment: Appointment) -> WaitingEntry | None:
    """The entry that waits for an earlier time than this appointment's."""
    waiting = appointment.waiting_entries.waiting()
    return waiting.select_related("practitioner", "location", "patient").first()


def offer_to(entry: WaitingEntry, *, now: datetime) -> PlaceOffer | None:
    """The place that is held for the entry at `now`."""
    held = entry.offers.filter(state=OfferState.OPEN, until__gt=now)
    return held.select_related("practitioner").first()


def missed_by(entry: WaitingEntry, *, now: datetime) -> PlaceOffer | None:
    """The last place that was offered, if it was not answered in time."""
    last = entry.offers.order_by("-offered_at", "-pk").first()
    ran_out = last and (last.state == OfferState.EXPIRED or (last.state == OfferState.OPEN and last.until <= now))
    return last if ran_out else None


def weekdays_worked(type: AppointmentType, location: Location) -> list[int]:
    """The weekdays (Monday is 0) on which someone does this at a location, in the order of its week."""
    people = practitioners_for(type, location)
    here = {"location": location, "practitioner__in": people}
    weekly = WorkingHours.objects.filter(**here).values_list("weekday", flat=True)
    single = SpecialHours.objects.filter(**here).values_list("day", flat=True)
    days, first = {*weekly, *(day.weekday() for day in single)}, location.week_starts_on
    return sorted(days, key=lambda day: (day - first) % 7)
