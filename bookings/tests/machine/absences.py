"""Time off of people and rooms, with a decision about everyone it hits."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bookings.actions.absences import Decision, Verdict, take_time_off
from bookings.enums import State
from bookings.exceptions import BeingBooked, SlotTaken, TransitionNotAllowed, Undecided
from bookings.models import Appointment, PlaceOffer, TimeOff
from bookings.tests.machine.base import Base, picked, picks
from bookings.tests.machine.oracle import Owner, overlap

OVER = {State.COMPLETED, State.NO_SHOW}


class Absences(Base):
    @rule(
        who=picks,
        day=st.integers(0, 2),
        hour=st.integers(9, 12),
        minutes=st.sampled_from([20, 60, 240]),
        verdict=st.sampled_from([None, None, Verdict.CANCEL, Verdict.KEEP, Verdict.HAND_OVER]),
    )
    def take_time_off(self, who: int, day: int, hour: int, minutes: int, verdict: Verdict | None) -> None:
        """Over somebody's appointment only with a decision about it; never while a visitor is booking there."""
        owner, absence = self.absence(who)
        zone = self.world.location.zone
        today = self.now.astimezone(zone).date()
        absence.starts_at = datetime(today.year, today.month, today.day, hour, tzinfo=zone) + timedelta(days=day)
        absence.ends_at = absence.starts_at + timedelta(minutes=minutes)
        hit = self.hit(owner, absence)
        places = set(PlaceOffer.objects.values_list("hold", flat=True))
        stand_in = picked(self.world.people, who + 1) if verdict == Verdict.HAND_OVER else None
        decisions = {one.pk: Decision(verdict, stand_in, "He is away.") for one in hit if verdict}
        refused = self.attempt(
            lambda: take_time_off(time_off=absence, decisions=decisions, now=self.now, by=self.world.staff)
        )
        if any(one.state == State.HELD and one.pk not in places for one in hit):
            assert isinstance(refused, BeingBooked)
        elif hit and verdict is None:
            assert isinstance(refused, Undecided)
        elif hit and verdict == Verdict.HAND_OVER:
            # A place that is only held, and what is over, cannot be handed over.
            assert refused is None or isinstance(refused, SlotTaken | TransitionNotAllowed)
        else:
            assert refused is None
            left = self.hit(owner, absence)
            expected = hit if verdict == Verdict.KEEP else []
            assert left == expected, [(one.state, one.starts_at, one.held_until) for one in left]

    def absence(self, who: int) -> tuple[Owner, TimeOff]:
        rooms = sorted({room for kinds in self.world.rooms.values() for kind in kinds for room in kind})
        people = [person.pk for person in self.world.people]
        number = who % (len(people) + len(rooms))
        if number < len(people):
            return ("person", people[number]), TimeOff(location=self.world.location, practitioner_id=people[number])
        room = rooms[number - len(people)]
        return ("room", room), TimeOff(location=self.world.location, resource_id=room)

    def hit(self, owner: Owner, absence: TimeOff) -> list[Appointment]:
        """Whose claims are in it: what is to come, and what is happening."""
        span = (absence.starts_at, absence.ends_at)
        keys = [one.appointment for one in self.oracle().busy if one.owner == owner and overlap(one.span, span)]
        rows = Appointment.objects.filter(pk__in=[key for key in keys if key], ends_at__gt=self.now)
        return list(rows.exclude(state__in=sorted(OVER)).order_by("pk"))
