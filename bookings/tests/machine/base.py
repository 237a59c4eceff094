"""What every part of the machine has: a database that is put back, a clock of its own, and rows to pick from."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from bookings.exceptions import BookingError
from bookings.models import (
    Appointment,
    Claim,
    Consent,
    Patient,
    PlaceOffer,
    Screening,
    TimeOff,
    Transition,
    WaitingEntry,
)
from bookings.queries.wish import Wish, wish_for
from bookings.tests.machine.oracle import Oracle, taken
from bookings.tests.machine.world import VISITORS, World
from bookings.tests.rows import rows_of

Row = TypeVar("Row")
# Any row there is: the number is counted round.
picks = st.integers(0, 40)
visitors = st.sampled_from(VISITORS)
sometimes = st.sampled_from([False, False, False, True])
kinds_of_visit = st.integers(0, 1)
EVERYTHING = (Appointment, Claim, Transition, Patient, Screening, Consent, WaitingEntry, PlaceOffer, TimeOff)


class Base(RuleBasedStateMachine):
    """One example: everything it does to the database is undone at its end."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = self.world.now
        self.steps = 0
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @rule(minutes=st.sampled_from([1, 6, 11, 50, 125, 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def oracle(self) -> Oracle:
        return Oracle(self.world, self.now, taken(self.now))

    def wish(self, kind: int, **narrowed: Any) -> Wish:
        return wish_for(self.world.types[kind], self.world.location, **narrowed)

    def attempt(self, act: Callable[[], object]) -> BookingError | None:
        """Do it; if it is refused, say why, and make sure that the refusal changed nothing."""
        before = rows_of(*EVERYTHING)
        refused = None
        try:
            act()
        except BookingError as error:
            refused = error
        assert refused is None or rows_of(*EVERYTHING) == before, f"{refused!r} left something behind"
        return refused


def picked(rows: Sequence[Row], pick: int) -> Row | None:
    return rows[pick % len(rows)] if rows else None
