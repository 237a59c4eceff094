"""What patients and staff do with an appointment: answer, cancel, move, take a step back."""

from datetime import datetime

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bookings import lifecycle
from bookings.actions.cancel import cancel
from bookings.actions.change import change_state
from bookings.actions.move import Move, move
from bookings.actions.undo import undo
from bookings.enums import Actor, Rule, State
from bookings.exceptions import Obstructed, SlotTaken, TooLate, TransitionNotAllowed
from bookings.models import Appointment
from bookings.tests.machine.base import picked, picks, sometimes
from bookings.tests.machine.lines import Lines
from bookings.tests.machine.world import LATE

ANSWERED_LATER = {Rule.SCREENING, Rule.REVIEW}


class Changing(Lines):
    @rule(pick=picks, to=st.sampled_from(sorted(set(State) - {State.HELD})), override=st.booleans())
    def change(self, pick: int, to: State, override: bool) -> None:
        found = self.someones(pick)
        if found is None:
            return
        current, rules = State(found.state), rules_of(found) if to == State.CONFIRMED else []
        with self.nobody_is_passed_over(found):
            refused = self.attempt(
                lambda: change_state(
                    appointment=found,
                    to=to,
                    actor=Actor.STAFF,
                    now=self.now,
                    by=self.world.staff,
                    reason="We talked about it." if override else "",
                    override=override,
                )
            )
        if not lifecycle.may_follow(current, to):
            assert isinstance(refused, TransitionNotAllowed)
        elif rules and not override:
            assert isinstance(refused, Obstructed)
            assert refused.rules == rules
        else:
            assert refused is None
            last = found.transitions.last()
            assert last
            assert (last.from_state, last.to_state, last.overrode) == (current, to, ",".join(rules))

    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        """By the patient; again and again, if they like."""
        found = self.someones(pick)
        if found is None:
            return
        lines = found.transitions.count()
        with self.nobody_is_passed_over(found):
            refused = self.attempt(lambda: cancel(appointment=found, now=self.now))
        if found.state == State.CANCELLED:
            assert (refused, found.transitions.count()) == (None, lines)
        elif State(found.state) not in lifecycle.BOOKED:
            assert isinstance(refused, TransitionNotAllowed)
        elif found.starts_at <= self.now + LATE:
            assert isinstance(refused, TooLate)
        else:
            assert (refused, found.transitions.count()) == (None, lines + 1)

    @rule(pick=picks, time=picks, by_staff=st.booleans(), choosy=st.booleans(), blindly=sometimes)
    def move(self, pick: int, time: int, by_staff: bool, choosy: bool, blindly: bool) -> None:
        found = self.someones(pick)
        if found is None:
            return
        oracle = self.oracle().without(appointments=[found.pk])
        start = picked(oracle.grid(found.type) if blindly else list(oracle.free(found.type)), time)
        if start is None:
            return
        person = picked(self.world.able[found.type], time) if choosy else None
        possible = [one for one in oracle.people(found.type, start, by_staff=by_staff) if person in (None, one)]
        wanted = Move(found, start, person)
        with self.nobody_is_passed_over(found):
            refused = self.attempt(
                lambda: move(moves=[wanted], actor=Actor.STAFF if by_staff else Actor.PATIENT, now=self.now)
            )
        there = Appointment.objects.get(pk=found.pk)
        assert (there.state, there.reference) == (found.state, found.reference)
        if start == found.starts_at and person in (None, found.practitioner):
            assert (refused, there.starts_at) == (None, start)
        elif State(found.state) not in lifecycle.BOOKED:
            assert isinstance(refused, TransitionNotAllowed)
        elif not by_staff and found.starts_at <= self.now + LATE:
            assert isinstance(refused, TooLate)
        elif waits(found, start):
            assert isinstance(refused, Obstructed)
        elif not possible:
            assert isinstance(refused, SlotTaken)
        else:
            assert (refused, there.starts_at) == (None, start)
            assert there.practitioner in possible
            # Whoever it was with stays, if they are free.
            assert there.practitioner == found.practitioner or found.practitioner not in possible
            last = there.transitions.last()
            assert last
            assert (last.moved_from, last.moved_to) == (found.starts_at, start)

    @rule(first=picks, second=picks)
    def swap(self, first: int, second: int) -> None:
        """Two appointments change places, both or neither."""
        booked = Appointment.objects.filter(state__in=sorted(lifecycle.BOOKED)).order_by("pk")
        one, other = picked(booked, first), picked(booked, second)
        if one is None or other is None or one == other:
            return
        wanted = [Move(one, other.starts_at), Move(other, one.starts_at)]
        refused = self.attempt(lambda: move(moves=wanted, actor=Actor.STAFF, now=self.now))
        starts = [Appointment.objects.get(pk=each.pk).starts_at for each in (one, other)]
        if refused is None:
            assert starts == [other.starts_at, one.starts_at]

    @rule(pick=picks)
    def undo(self, pick: int) -> None:
        """The last step that led somewhere, if its time is still there."""
        found = self.someones(pick)
        if found is None:
            return
        span = self.oracle().span(found.type, found.starts_at)
        owner = ("person", found.practitioner_id)
        is_free = self.oracle().is_free(owner, span) and self.oracle().rooms_are_free(found.type, span)
        refused = self.attempt(
            lambda: undo(appointment=found, now=self.now, by=self.world.staff, reason="Pressed by mistake.")
        )
        there = Appointment.objects.get(pk=found.pk)
        if isinstance(refused, SlotTaken):
            assert not is_free
            assert State(found.state) not in lifecycle.LIVE
        elif refused:
            assert isinstance(refused, TransitionNotAllowed)
            assert found.state in {State.REQUESTED, State.CONFIRMED}
        else:
            assert lifecycle.may_follow(State(there.state), State(found.state))
            assert is_free or State(found.state) in lifecycle.LIVE

    def someones(self, pick: int) -> Appointment | None:
        """An appointment in any state but *held*."""
        rows = Appointment.objects.select_related("type", "location", "practitioner", "patient")
        return picked(rows.exclude(state=State.HELD).order_by("pk"), pick)


def rules_of(appointment: Appointment) -> list[Rule]:
    """What stands in the way of confirming it where it is."""
    screening = appointment.screenings.order_by("answered_at", "pk").last()
    if screening is None:
        return [Rule.SCREENING]
    review = [Rule.REVIEW] if screening.needs_review and not screening.reviewed_at else []
    return review + ([Rule.WAIT] if waits(appointment, appointment.starts_at) else [])


def waits(appointment: Appointment, start: datetime) -> bool:
    screening = appointment.screenings.order_by("answered_at", "pk").last()
    day = start.astimezone(appointment.location.zone).date()
    return bool(screening and screening.not_before and day < screening.not_before)
