"""What the machine is there to notice, done to the engine on purpose: it finds each of these."""

from collections.abc import Callable, Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from bookings import lifecycle
from bookings.actions import change, hold, move, waitlist
from bookings.enums import State
from bookings.models import Transition
from bookings.tests.machine.test_diary_machine import PROFILE, machine
from bookings.tests.races.guards import anyone, remove_constraint

pytestmark = pytest.mark.django_db
Patch = pytest.MonkeyPatch


def forget_the_room(patch: Patch) -> None:
    take = hold.take

    def without_room(appointment: Any, *, rooms: Any, now: datetime) -> None:
        take(appointment, rooms=rooms[1:], now=now)

    for module in (hold, move):
        patch.setattr(module, "take", without_room)


def let_anyone_in(patch: Patch) -> None:
    """Neither the engine nor the database looks whether a time is taken."""
    remove_constraint()
    for module in (hold, move):
        patch.setattr(module, "offered", anyone)


def keep_the_time_of_the_cancelled(patch: Patch) -> None:
    patch.setattr(change, "lifecycle", SimpleNamespace(**{**vars(lifecycle), "LIVE": frozenset(State)}))


def offer_to_the_last_in_line(patch: Patch) -> None:
    fitting: Callable[..., Iterable[Any]] = waitlist.fitting
    patch.setattr(waitlist, "fitting", lambda *args: list(fitting(*args))[::-1])


def write_no_log_of_moves(patch: Patch) -> None:
    patch.setattr(move, "Transition", SimpleNamespace(objects=SimpleNamespace(create=Transition)))
    patch.setattr(move, "tell_of", lambda *_, **__: None)


@pytest.mark.parametrize(
    "sabotage",
    [
        forget_the_room,
        let_anyone_in,
        keep_the_time_of_the_cancelled,
        offer_to_the_last_in_line,
        write_no_log_of_moves,
    ],
)
def test_it_finds(sabotage: Callable[[Patch], None], now: datetime, monkeypatch: Patch) -> None:
    sabotage(monkeypatch)
    patient = settings(PROFILE, max_examples=100, report_multiple_bugs=False, derandomize=True)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine(now), settings=patient)
