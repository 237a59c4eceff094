"""The order of the waiting list, by a second opinion."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from bookings import lifecycle
from bookings.enums import EntryState, OfferState, State
from bookings.models import Appointment, PlaceOffer, Transition, WaitingEntry
from bookings.tests.machine.base import Base
from bookings.tests.machine.oracle import Oracle, overlap
from clinic.models import Practitioner


class Lines(Base):
    @contextmanager
    def nobody_is_passed_over(self, freed: Appointment) -> Iterator[None]:
        """Whatever time is given back within: who waits longest and fits has an offer afterwards, before anyone else.

        `freed` is the appointment, or the hold of an offered place, as it is before.
        """
        before = set(PlaceOffer.objects.values_list("pk", flat=True))
        type, was = freed.type, place_of(freed)
        yield
        now = Appointment.objects.filter(pk=freed.pk).first()
        if was is None or (now and place_of(now) == was) or was[0] <= self.now:
            return
        start, person = was
        span = self.oracle().span(type, start)
        new = PlaceOffer.objects.exclude(pk__in=before).filter(hold__isnull=False).select_related("entry")
        for entry in self.waiting_without_offer():
            # Neither what is still free nor what somebody was offered who came later.
            later = [one.hold_id or 0 for one in new if one.entry.created_at > entry.created_at]
            for hidden in ([], later):
                for place in self.places(entry, self.oracle().without(appointments=hidden), person):
                    begins, ends = self.oracle().span(entry.type, place)
                    within = span[0] <= begins and ends <= span[1]
                    assert not within or entry.appointment == freed, f"{entry} would take {place}"

    @contextmanager
    def nobody_has_moved(self) -> Iterator[None]:
        """Nobody's time changes within."""
        before = list(Appointment.objects.order_by("pk").values_list("pk", "starts_at", "practitioner"))
        yield
        after = list(Appointment.objects.order_by("pk").values_list("pk", "starts_at", "practitioner"))
        assert after == before

    def waiting_without_offer(self) -> list[WaitingEntry]:
        entries = WaitingEntry.objects.filter(state=EntryState.WAITING).exclude(offers__state=OfferState.OPEN)
        return list(entries.select_related("type", "patient", "screening", "appointment", "location"))

    def places(self, entry: WaitingEntry, oracle: Oracle, person: Practitioner) -> list[datetime]:
        """The starts with this person that the entry would take and may have."""
        if entry.practitioner_id not in (None, person.pk):
            return []
        free = oracle.free(entry.type)
        return [start for start, people in free.items() if person in people and self.fits(entry, start)]

    def fits(self, entry: WaitingEntry, start: datetime) -> bool:
        local, length = start.astimezone(entry.location.zone), entry.type.visit.duration
        asked = [(one.starts_at, one.starts_at + length) for one in entry.offers.all()]
        screening = entry.screening
        if entry.appointment:
            screening = entry.appointment.screenings.order_by("answered_at", "pk").last()
            if start >= entry.appointment.starts_at or State(entry.appointment.state) not in lifecycle.BOOKED:
                return False
        return (
            (not entry.weekdays or local.weekday() in entry.weekdays)
            and (not entry.parts or ("morning" if local.hour < 12 else "afternoon") in entry.parts)
            and (entry.last_day is None or local.date() <= entry.last_day)
            and not (screening and screening.not_before and local.date() < screening.not_before)
            and not any(overlap((start, start + length), span) for span in [*asked, *given_up(entry)])
        )


def place_of(appointment: Appointment) -> tuple[datetime, Practitioner] | None:
    """Whose time it keeps, and from when; None if it keeps none."""
    is_live = State(appointment.state) in lifecycle.LIVE
    return (appointment.starts_at, appointment.practitioner) if is_live else None


def given_up(entry: WaitingEntry) -> list[tuple[datetime, datetime]]:
    """The times that this person cancelled or moved away from."""
    email = entry.patient.email
    cancelled = Appointment.objects.filter(patient__email=email, state=State.CANCELLED)
    moves = Transition.objects.filter(appointment__patient__email=email, moved_to__isnull=False)
    return [(one.starts_at, one.ends_at) for one in cancelled] + [
        (move.moved_from, move.moved_from + (move.appointment.ends_at - move.appointment.starts_at))
        for move in moves.select_related("appointment")
    ]
