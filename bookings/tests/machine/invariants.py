"""What is true after every step, whatever was done."""

from datetime import datetime
from itertools import combinations, pairwise
from typing import Any

from django.db import transaction
from hypothesis.stateful import invariant

from bookings import lifecycle
from bookings.actions.hold import hold
from bookings.enums import EntryState, OfferState, State
from bookings.exceptions import SlotTaken
from bookings.lifecycle import may_follow
from bookings.models import Appointment, PlaceOffer, Transition
from bookings.queries.diary import read_diary
from bookings.tests.machine.base import Base, picked
from bookings.tests.machine.oracle import claim_rows, overlap, owner_of


class Invariants(Base):
    @invariant()
    def all_is_well(self) -> None:
        self.nobody_and_nothing_is_in_two_places()
        self.claims_match_states()
        self.what_is_offered_is_what_is_free()
        self.what_is_offered_can_be_held_and_nothing_else()
        self.every_change_is_in_the_log()
        self.an_offered_place_is_held_for_one()
        self.every_booking_has_a_patient_of_its_own()
        self.steps += 1

    def nobody_and_nothing_is_in_two_places(self) -> None:
        """Claims of holds that ran out count too: the database knows no clock."""
        for one, other in combinations(claim_rows(), 2):
            if owner_of(one) == owner_of(other):
                assert not overlap(span_of(one), span_of(other)), f"{one} and {other}"

    def claims_match_states(self) -> None:
        claims: dict[int, list[dict[str, Any]]] = {}
        for row in claim_rows():
            claims.setdefault(row["appointment"], []).append(row)
        oracle = self.oracle()
        types = {type.pk: type for type in self.world.types}
        for one in Appointment.objects.all():
            theirs = claims.pop(one.pk, [])
            if State(one.state) not in lifecycle.LIVE:
                assert theirs == [], f"{one} is {one.state} and keeps {theirs}"
                continue
            type = types[one.type_id]
            assert {span_of(row) for row in theirs} == {oracle.span(type, one.starts_at)}
            assert [row["practitioner"] for row in theirs if row["practitioner"]] == [one.practitioner_id]
            rooms = [row["resource"] for row in theirs if row["resource"]]
            kinds = [[room for room in rooms if room in kind] for kind in self.world.rooms[type]]
            assert [len(kind) for kind in kinds] == [1] * len(kinds), f"{one} has the rooms {rooms}"
            assert sum(map(len, kinds)) == len(rooms)
        assert claims == {}

    def what_is_offered_is_what_is_free(self) -> None:
        """For one of the two types in turn: the calendar and a second opinion agree about every start and person."""
        kind = self.steps % 2
        today = self.now.astimezone(self.world.location.zone).date()
        last = today.fromordinal(today.toordinal() + 3)
        offers = read_diary(self.wish(kind), first=today, last=last, now=self.now).offers()
        free = self.oracle().free(self.world.types[kind])
        assert {start: set(people) for start, people in offers.items()} == free

    def what_is_offered_can_be_held_and_nothing_else(self) -> None:
        """One start of the other type: in turn one that is offered and one that is not."""
        kind, wanted = (self.steps + 1) % 2, self.steps % 4 < 2
        oracle = self.oracle()
        free = oracle.free(self.world.types[kind])
        starts = [start for start in oracle.grid(self.world.types[kind]) if (start in free) is wanted]
        start = picked(starts, self.steps * 7)
        assert start is None or self.can_be_held(kind, start) is wanted

    def can_be_held(self, kind: int, start: datetime) -> bool:
        savepoint = transaction.savepoint()
        try:
            wish = self.wish(kind, visitor="prober")
            hold(wish=wish, treatment=self.world.treatment, start=start, minutes=10, now=self.now)
        except SlotTaken:
            return False
        finally:
            transaction.savepoint_rollback(savepoint)
        return True

    def every_change_is_in_the_log(self) -> None:
        lines: dict[int, list[Transition]] = {}
        for line in Transition.objects.order_by("pk"):
            lines.setdefault(line.appointment_id, []).append(line)
        for one in Appointment.objects.all():
            log = lines.pop(one.pk, [])
            states = [line.from_state for line in log[:1]] + [line.to_state for line in log]
            assert (states or [State.HELD])[0] == State.HELD
            assert (states or [State.HELD])[-1] == one.state
            assert all(earlier.to_state == later.from_state for earlier, later in pairwise(log))
            moves = [line for line in log if line.moved_to]
            assert all(earlier.moved_to == later.moved_from for earlier, later in pairwise(moves))
            assert not moves or moves[-1].moved_to == one.starts_at
            for line in log:
                before, after = State(line.from_state), State(line.to_state)
                # A move keeps the state, and staff may take a step back.
                assert before == after if line.moved_to else may_follow(before, after) or may_follow(after, before)
        assert lines == {}

    def an_offered_place_is_held_for_one(self) -> None:
        open_offers = PlaceOffer.objects.filter(state=OfferState.OPEN).select_related("hold", "entry__appointment")
        entries = [one.entry_id for one in open_offers]
        assert len(entries) == len(set(entries))
        for one in open_offers:
            assert one.entry.state == EntryState.WAITING
            # Whoever has an appointment waits for an earlier one.
            assert one.entry.appointment is None or one.starts_at < one.entry.appointment.starts_at
            if one.until > self.now:
                hold = one.hold
                assert hold is not None
                assert (hold.state, hold.starts_at, hold.practitioner_id, hold.held_until) == (
                    State.HELD,
                    one.starts_at,
                    one.practitioner_id,
                    one.until,
                )

    def every_booking_has_a_patient_of_its_own(self) -> None:
        patients = [one.patient_id for one in Appointment.objects.exclude(patient=None)]
        assert len(patients) == len(set(patients))


def span_of(row: dict[str, Any]) -> tuple[datetime, datetime]:
    return row["starts_at"], row["ends_at"]
