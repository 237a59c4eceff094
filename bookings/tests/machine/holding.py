"""Holding, asking, and whatever happens to a hold."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bookings.actions.book import request_appointment
from bookings.actions.hold import extend, forget_holds, hold, hold_all, release
from bookings.enums import Rule, State
from bookings.exceptions import HoldExpired, Obstructed, SlotTaken, TooManyOpen
from bookings.models import Appointment, Patient
from bookings.tests.machine.base import Base, kinds_of_visit, picked, picks, sometimes, visitors
from bookings.tests.machine.oracle import overlap
from bookings.tests.machine.world import OPEN_REQUESTS

MINUTES = 10
answers = st.sampled_from(["fine", "fine", "none", "review", "wait"])


class Holding(Base):
    @rule(visitor=visitors, kind=kinds_of_visit, pick=picks, choosy=st.booleans(), blindly=sometimes)
    def hold(self, visitor: str, kind: int, pick: int, choosy: bool, blindly: bool) -> None:
        """A time that is offered, or blindly any time of the clock, with anyone or with somebody."""
        type = self.world.types[kind]
        free = self.oracle().without(visitor=visitor).free(type)
        start = picked(self.oracle().grid(type) if blindly else list(free), pick)
        if start is None:
            return
        person = picked(self.world.able[type], pick) if choosy else None
        wish = self.wish(kind, visitor=visitor, people=[person] if person else None)
        refused = self.attempt(
            lambda: hold(wish=wish, treatment=self.world.treatment, start=start, minutes=MINUTES, now=self.now)
        )
        possible = free.get(start, set()) & (set(wish.people))
        assert isinstance(refused, SlotTaken) if not possible else refused is None
        if possible:
            held = Appointment.objects.get(state=State.HELD, visitor=visitor)
            assert (held.starts_at, held.practitioner in possible) == (start, True)

    @rule(visitor=visitors, kind=kinds_of_visit, first=picks, second=picks)
    def hold_two(self, visitor: str, kind: int, first: int, second: int) -> None:
        """Both or none; both, if they do not meet."""
        oracle = self.oracle().without(visitor=visitor)
        type = self.world.types[kind]
        free = list(oracle.free(type))
        wanted = [(start, None) for pick in (first, second) if (start := picked(free, pick))]
        if len(wanted) < 2:
            return
        wish = self.wish(kind, visitor=visitor)
        refused = self.attempt(
            lambda: hold_all(wish=wish, treatment=self.world.treatment, sessions=wanted, minutes=MINUTES, now=self.now)
        )
        held = Appointment.objects.held_by(visitor).values_list("starts_at", flat=True)
        if refused is None:
            assert sorted(held) == sorted(start for start, _anyone in wanted)
        else:
            assert isinstance(refused, SlotTaken)
            one, other = (oracle.span(type, start) for start, _anyone in wanted)
            assert overlap(one, other)

    @rule(visitor=visitors, kind=kinds_of_visit, pick=picks, answered=answers)
    def book(self, visitor: str, kind: int, pick: int, answered: str) -> None:
        """A time that is offered, held and asked for at once."""
        start = picked(list(self.oracle().without(visitor=visitor).free(self.world.types[kind])), pick)
        if start:
            wish = self.wish(kind, visitor=visitor)
            hold(wish=wish, treatment=self.world.treatment, start=start, minutes=MINUTES, now=self.now)
            self.ask(visitor, answered, days=1)

    @rule(visitor=visitors, answered=answers, days=st.integers(0, 3))
    def ask(self, visitor: str, answered: str, days: int) -> None:
        held = Appointment.objects.held_by(visitor).order_by("pk").first()
        if held is None:
            return
        day = self.now.date() + timedelta(days=days)
        booking = self.world.booking(visitor, answered=answered, not_before=day)
        waits = answered == "wait" and held.starts_at.astimezone(self.world.location.zone).date() < day
        is_open = Appointment.objects.filter(
            state=State.REQUESTED, starts_at__gt=self.now, patient__email=booking.contact.email
        )
        too_many = is_open.count() >= OPEN_REQUESTS
        lost = self.is_lost(held)
        patients = Patient.objects.count()

        refused = self.attempt(
            lambda: request_appointment(reference=held.reference, visitor=visitor, booking=booking, now=self.now)
        )
        if held.starts_at <= self.now:
            assert isinstance(refused, HoldExpired)
        elif lost:
            assert isinstance(refused, SlotTaken)
        elif too_many:
            assert isinstance(refused, TooManyOpen)
        elif waits:
            assert isinstance(refused, Obstructed)
            assert refused.rules == [Rule.WAIT]
        else:
            assert refused is None
            held.refresh_from_db()
            at_once = held.type.auto_confirm and answered not in {"none", "review"}
            assert held.state == (State.CONFIRMED if at_once else State.REQUESTED)
            assert Patient.objects.count() == patients + 1

    @rule(visitor=visitors)
    def extend(self, visitor: str) -> None:
        held = list(Appointment.objects.held_by(visitor).order_by("starts_at", "pk"))
        gone = not held or any(one.starts_at <= self.now for one in held)
        lost = any(self.is_lost(one) for one in held)
        refused = self.attempt(lambda: extend(visitor=visitor, minutes=MINUTES, now=self.now))
        assert isinstance(refused, HoldExpired | SlotTaken) if gone or lost else refused is None

    @rule(visitor=visitors)
    def release(self, visitor: str) -> None:
        release(visitor=visitor)
        assert not Appointment.objects.held_by(visitor).exists()

    @rule()
    def forget(self) -> None:
        forget_holds(now=self.now)

    def is_lost(self, held: Appointment) -> bool:
        """Whether the hold ran out and its time cannot be held again."""
        if held.held_until is None or held.held_until > self.now:
            return False
        free = self.oracle().without(visitor=held.visitor).free(held.type)
        return held.practitioner not in free.get(held.starts_at, set())
