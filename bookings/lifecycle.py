"""What may follow what in an appointment's life.

    held ──► requested ──► confirmed ──► arrived ──► completed
      │          │             │            └──────► cancelled
      └► confirmed             ├──► completed · no show · cancelled
                 └──► declined · cancelled · lapsed

A hold that expires is deleted. Every live state keeps its claim on the practitioner's time; the others free it.
"""

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
WAITING = frozenset({State.REQUESTED})
BOOKED = frozenset({State.REQUESTED, State.CONFIRMED})


def may_follow(current: State, wanted: State) -> bool:
    """Whether an appointment in `current` may go to `wanted`."""
    return wanted in FOLLOWS[State(current)]
