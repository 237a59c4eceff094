"""Whatever is done to a crowded diary, in whatever order, it stays true."""

import os
from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bookings.tests.machine.absences import Absences
from bookings.tests.machine.changing import Changing
from bookings.tests.machine.holding import Holding
from bookings.tests.machine.invariants import Invariants
from bookings.tests.machine.waiting import Waiting
from bookings.tests.machine.world import VISITORS, new_world

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "20"))
PROFILE = settings(
    max_examples=EXAMPLES,
    stateful_step_count=25,
    deadline=None,
    # The same examples each time, but in the long run, which looks for new ones.
    derandomize=EXAMPLES <= 20,
    database=None,
    # What fails is printed as it was found: making it shorter takes minutes.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class DiaryMachine(Holding, Changing, Absences, Waiting, Invariants):
    pass


def machine(now: datetime) -> type[DiaryMachine]:
    made = type("Machine", (DiaryMachine,), {"world": new_world(now)})
    crowd(made)
    return made


def crowd(made: type[DiaryMachine]) -> None:
    """What every example starts from: half of the places are asked for or confirmed, and some people wait."""
    first = made()
    first.undone.__exit__(None, None, None)  # kept, unlike whatever an example does
    for number, visitor in enumerate(VISITORS):
        for kind in (0, 1):
            first.book(visitor, kind, 3 * number, "fine")
    for number, visitor in enumerate(VISITORS):
        first.steps = number  # one after the other
        first.join(visitor, kind=number % 2, who=None, parts=[], days=None, answered="fine")


def test_whatever_is_done_to_the_diary_it_stays_true(now: datetime) -> None:
    run_state_machine_as_test(machine(now), settings=PROFILE)
