"""Many strangers want one time, or times that overlap, at the same moment."""

from datetime import UTC, datetime, timedelta

import pytest

from bookings.availability.intervals import Interval
from bookings.tests.races.conftest import Race
from bookings.tests.races.outcome import Outcome

WANTED = ["same_time", "overlapping_times"]
HALF_HOUR = timedelta(minutes=30)


def assert_one_wins(outcome: Outcome) -> None:
    losers = [answer for answer in outcome.answers if not answer.holds]
    assert not outcome.failures
    assert (len(outcome.winners), len(losers)) == (1, 49)
    assert all(answer.offers_other_times for answer in losers)
    [(owner, _)] = outcome.claims
    assert [appointment["visitor"] for appointment in outcome.appointments] == [owner]
    assert owner == outcome.winners[0].who


@pytest.mark.parametrize("wanted", WANTED)
def test_exactly_one_wins_and_the_others_are_offered_times_that_are_free(race: Race, wanted: str) -> None:
    outcome = race(wanted)
    assert_one_wins(outcome)
    [(_, taken)] = outcome.claims
    times = {text for answer in outcome.answers for text in answer.times}
    offered = [datetime.strptime(text, "%Y%m%dT%H%MZ").replace(tzinfo=UTC) for text in times]
    assert not [start for start in offered if Interval(start, start + HALF_HOUR).overlaps(taken)]


@pytest.mark.parametrize("wanted", WANTED)
def test_the_database_alone_lets_one_win(race: Race, wanted: str) -> None:
    assert_one_wins(race(wanted, without=("recheck", "lock")))


def test_the_lock_and_the_recheck_alone_let_one_win(race: Race) -> None:
    assert_one_wins(race("overlapping_times", without=("constraint",)))


@pytest.mark.parametrize("wanted", WANTED)
def test_without_any_of_them_the_time_is_double_booked(race: Race, wanted: str) -> None:
    """The negative control: the race is hard enough to show what the guards prevent."""
    outcome = race(wanted, without=("constraint", "recheck", "lock"))
    assert len(outcome.winners) >= 2
    assert outcome.double_bookings
