"""Staff take time off at the moment in which a visitor books it: one of them is refused."""

import pytest
from django.db import connection

from bookings.tests.races.conftest import Race
from bookings.tests.races.outcome import Outcome

SCENARIOS = ["booked_while_away_is_saved", "away_while_it_is_booked"]


def has_both(outcome: Outcome) -> bool:
    return bool(outcome.time_off and outcome.claims)


def test_whoever_books_while_time_off_is_being_saved_is_offered_other_times(race: Race) -> None:
    outcome = race("booked_while_away_is_saved")
    assert (outcome.time_off, outcome.claims, outcome.appointments) == (1, [], [])
    assert all(answer.offers_other_times for answer in outcome.answers if answer.who != "staff")


def test_time_off_over_a_time_that_is_being_booked_is_refused(race: Race) -> None:
    outcome = race("away_while_it_is_booked")
    assert (outcome.time_off, len(outcome.claims), len(outcome.winners)) == (0, 1, 1)
    assert [answer.refusal for answer in outcome.of("staff")] == ["BeingBooked"]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_without_the_shared_lock_both_are_there(race: Race, scenario: str) -> None:
    """On SQLite, where one writer at a time is let in, it is the look behind the lock that is taken away."""
    assert has_both(race(scenario, without=("lock" if connection.vendor == "postgresql" else "recheck",)))
