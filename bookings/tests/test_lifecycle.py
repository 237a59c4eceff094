"""What may follow what."""

from itertools import product

import pytest

from bookings import lifecycle
from bookings.enums import State

# Written out once more, from the appointment's life as it is meant; everything else must be refused.
ALLOWED = {
    ("held", "requested"),
    ("held", "confirmed"),
    ("requested", "confirmed"),
    ("requested", "declined"),
    ("requested", "cancelled"),
    ("requested", "lapsed"),
    ("confirmed", "arrived"),
    ("confirmed", "completed"),
    ("confirmed", "no_show"),
    ("confirmed", "cancelled"),
    ("arrived", "completed"),
    ("arrived", "cancelled"),
}


@pytest.mark.parametrize(("current", "wanted"), list(product(State, State)))
def test_only_the_steps_of_the_table_are_allowed(current: State, wanted: State) -> None:
    assert lifecycle.may_follow(current, wanted) is ((current.value, wanted.value) in ALLOWED)


def test_a_state_may_be_named_by_its_stored_value() -> None:
    assert lifecycle.may_follow("requested", "confirmed")  # type: ignore[arg-type]


def test_every_state_can_be_reached_from_a_hold() -> None:
    reached, ahead = set(), {State.HELD}
    while ahead:
        reached |= ahead
        ahead = {state for current in ahead for state in lifecycle.FOLLOWS[current]} - reached
    assert reached == set(State)


def test_nothing_leads_back_to_a_hold() -> None:
    assert not any(lifecycle.may_follow(state, State.HELD) for state in State)


def test_what_was_given_up_keeps_no_time() -> None:
    assert set(State) - lifecycle.LIVE == {State.DECLINED, State.CANCELLED, State.LAPSED}


def test_nobody_comes_back_from_a_state_that_gave_the_time_up() -> None:
    for state in set(State) - lifecycle.LIVE:
        assert not lifecycle.FOLLOWS[state]


def test_what_waits_or_is_booked_keeps_its_time() -> None:
    assert lifecycle.WAITING <= lifecycle.BOOKED <= lifecycle.LIVE


ASKED, CONFIRMED = ("held", "requested"), ("requested", "confirmed")


@pytest.mark.parametrize(
    ("steps", "step"),
    [
        ([], None),
        ([ASKED], None),
        ([("held", "confirmed")], None),
        ([ASKED, CONFIRMED], CONFIRMED),
        ([ASKED, CONFIRMED, ("confirmed", "confirmed")], CONFIRMED),
        ([ASKED, CONFIRMED, ("confirmed", "cancelled")], ("confirmed", "cancelled")),
        # Taken back once, it is gone: the step before it is the last one.
        ([ASKED, CONFIRMED, ("confirmed", "cancelled"), ("cancelled", "confirmed")], CONFIRMED),
        ([ASKED, CONFIRMED, ("confirmed", "requested")], None),
        ([ASKED, CONFIRMED, ("confirmed", "requested"), ("requested", "declined")], ("requested", "declined")),
    ],
)
def test_the_last_step_that_still_stands_can_be_taken_back(
    steps: list[tuple[str, str]], step: tuple[str, str] | None
) -> None:
    assert lifecycle.undoable(steps) == step
