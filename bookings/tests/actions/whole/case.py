"""One action that is tried with a power cut at each of its writes."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from bookings.tests.actions.whole.power_cut import PowerCut, failing_at
from bookings.tests.rows import Rows, everything

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """An action, what makes the situation and returns the keywords to call it with, and the least that it writes."""

    action: Callable[..., Any]
    arrange: Callable[[datetime, User], Arguments]
    least_writes: int

    def __str__(self) -> str:
        return f"{self.action.__name__}: {self.arrange.__name__}"


def cut_at_every_write(case: Case, now: datetime, staff: User) -> None:
    """Calls the action until no write of it fails any more; each time before, the database must be as it was."""
    arguments = case.arrange(now, staff)
    before = everything()
    for number in count(1):
        came_through, writes = tried(case.action, arguments, number)
        left = differing(before, everything())
        if came_through:
            break
        assert not left, f"half done in {left} after a failing {writes[-1]}"
    assert left, "it changed nothing"
    # It came through once no write failed any more, so every one of them was tried.
    assert len(writes) == number - 1
    assert len(writes) >= case.least_writes, f"{len(writes)} writes instead of {case.least_writes}"


def tried(action: Callable[..., Any], arguments: Arguments, number: int) -> tuple[bool, list[str]]:
    """Whether it came through, and its writes. Each try has fresh rows in hand, as the next request would."""
    with failing_at(number) as writes:
        try:
            action(**deepcopy(arguments))
        except PowerCut:
            # Outside a transaction of its own, a write marks that of the test: what it left is to be looked at.
            transaction.set_rollback(False)
            return False, writes
    return True, writes


def differing(before: Rows, after: Rows) -> list[str]:
    return [name for name in before if before[name] != after[name]]
