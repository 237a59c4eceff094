"""What may follow what in an appointment's life.

    held ──► requested ──► confirmed ──► arrived ──► completed
      │          │             │            └──────► cancelled
      └► confirmed             ├──► completed · no show · cancelled
                 └──► declined · cancelled · lapsed

A hold that expires is deleted. Every live state keeps its claim on the practitioner's time; the others free it.
Staff may take the last step back: the log then has a line against the table's direction.
"""

from collections.abc import Iterable
from types import MappingProxyType

from bookings.enums import State

FOLLOWS = MappingProxyType(
    {
        State.HELD: frozenset({State.REQUESTED, State.CONFIRMED}),
        State.REQUESTED: frozenset({State.CONFIRMED, State.DECLINED, State.CANCELLED, State.LAPSED}),
        State.CONFIRMED: frozenset({State.ARRIVED, State.COMPLETED, State.NO_SHOW, State.CANCELLED}),
        State.ARRIVED: frozenset({State.COMPLETED, State.CANCELLED}),
        State.DECLINED: frozenset(),
        State.CANCELLED: frozenset(),
        State.LAPSED: frozenset(),
        State.COMPLETED: frozenset(),
        State.NO_SHOW: frozenset(),
    }
)
LIVE = frozenset({State.HELD, State.REQUESTED, State.CONFIRMED, State.ARRIVED, State.COMPLETED, State.NO_SHOW})
# What takes a session's place in its course: neither a hold nor what was given up or missed, which is booked again.
STANDING = LIVE - {State.HELD, State.NO_SHOW}
WAITING = frozenset({State.REQUESTED})
BOOKED = frozenset({State.REQUESTED, State.CONFIRMED})


def may_follow(current: State, wanted: State) -> bool:
    """Whether an appointment in `current` may go to `wanted`."""
    return wanted in FOLLOWS[State(current)]


def undoable(steps: Iterable[tuple[str, str]]) -> tuple[State, State] | None:
    """The step that may be taken back now, of the log's steps (from, to) in order; None if there is none.

    A line against the table took the step before it back, so no step is taken back twice; moves are no steps. What led
    out of a hold stays.
    """
    standing: list[tuple[State, State]] = []
    for before, after in steps:
        if may_follow(State(before), State(after)):
            standing.append((State(before), State(after)))
        elif before != after and standing:
            standing.pop()
    return standing[-1] if standing and standing[-1][0] != State.HELD else None
