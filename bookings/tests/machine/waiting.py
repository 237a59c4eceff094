"""The waiting list: joining it, and answering what is offered."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bookings.actions.booking import keep_patient, keep_screening
from bookings.actions.leave import leave
from bookings.actions.offers import accept, decline, pass_on_unanswered
from bookings.enums import EntryState, OfferState, State
from bookings.exceptions import OfferGone, SlotTaken, TooManyOpen
from bookings.models import Appointment, PlaceOffer, WaitingEntry
from bookings.tests.machine.base import kinds_of_visit, picked, picks, visitors
from bookings.tests.machine.lines import Lines
from bookings.tests.machine.world import OPEN_REQUESTS


class Waiting(Lines):
    @rule(
        visitor=visitors,
        kind=kinds_of_visit,
        who=st.sampled_from([None, None, 0, 1]),
        parts=st.sampled_from([[], [], ["morning"], ["afternoon"]]),
        days=st.sampled_from([None, None, 1, 2]),
        answered=st.sampled_from(["fine", "wait"]),
    )
    def join(self, visitor: str, kind: int, who: int | None, parts: list[str], days: int | None, answered: str) -> None:
        """For any place that fits."""
        tomorrow = self.now.date() + timedelta(days=1)
        booking = self.world.booking(visitor, answered=answered, not_before=tomorrow)
        patient = keep_patient(booking.contact, now=self.now)
        assert booking.screened
        WaitingEntry.objects.create(
            type=self.world.types[kind],
            treatment=self.world.treatment,
            location=self.world.location,
            patient=patient,
            screening=keep_screening(booking.screened, patient=patient, appointment=None),
            practitioner=None if who is None else self.world.people[who],
            parts=parts,
            last_day=None if days is None else self.now.date() + timedelta(days=days),
            created_at=self.now + timedelta(microseconds=self.steps),
        )

    @rule(pick=picks)
    def want_an_earlier_time(self, pick: int) -> None:
        booked = Appointment.objects.upcoming(at=self.now).select_related("type", "patient").order_by("pk")
        found = picked(booked.exclude(waiting_entries__state=EntryState.WAITING), pick)
        if found:
            WaitingEntry.objects.create(
                type=found.type,
                treatment=self.world.treatment,
                location=self.world.location,
                patient=found.patient,
                appointment=found,
                created_at=self.now + timedelta(microseconds=self.steps),
            )

    @rule(pick=picks)
    def accept(self, pick: int) -> None:
        """An offer that may have been answered, or have run out, long ago."""
        found = self.an_offer(pick)
        if found is None:
            return
        left = found.entry.appointment
        asked = Appointment.objects.filter(
            state=State.REQUESTED, starts_at__gt=self.now, patient__email=found.entry.patient.email
        )
        too_many = left is None and asked.count() >= OPEN_REQUESTS
        good = found.state == OfferState.OPEN and found.until > self.now and found.hold
        with self.nobody_is_passed_over(left) if left and good else self.nobody_has_moved():
            refused = self.attempt(lambda: accept(offer=found, now=self.now))
        if found.state == OfferState.ACCEPTED:
            assert refused is None
        elif not good:
            assert isinstance(refused, OfferGone)
        elif too_many:
            assert isinstance(refused, TooManyOpen)
        elif isinstance(refused, SlotTaken):
            # Someone went away over the held place, which was kept: a move looks at the hours again.
            assert left
        else:
            assert refused is None
            place = left or found.hold
            assert place
            place.refresh_from_db()
            assert (place.starts_at, place.practitioner) == (found.starts_at, found.practitioner)
            assert place.state in {State.REQUESTED, State.CONFIRMED}

    @rule(pick=picks)
    def decline(self, pick: int) -> None:
        found = self.an_offer(pick)
        if found:
            with self.nobody_is_passed_over(found.hold) if found.hold else self.nobody_has_moved():
                decline(offer=found, now=self.now)
            assert not PlaceOffer.objects.filter(pk=found.pk, state=OfferState.OPEN).exists()

    @rule(pick=picks)
    def leave(self, pick: int) -> None:
        entry = picked(WaitingEntry.objects.order_by("pk"), pick)
        if entry:
            leave(entry=entry, now=self.now)
            assert not PlaceOffer.objects.filter(entry=entry, state=OfferState.OPEN).exists()

    @rule()
    def pass_on(self) -> None:
        late = PlaceOffer.objects.filter(state=OfferState.OPEN, until__lte=self.now)
        expected = late.count()
        assert pass_on_unanswered(now=self.now) == expected
        assert not late.exists()

    def an_offer(self, pick: int) -> PlaceOffer | None:
        rows = PlaceOffer.objects.select_related(
            "hold__type", "hold__practitioner", "entry__appointment__type", "entry__appointment__practitioner"
        )
        return picked(rows.order_by("pk"), pick)
