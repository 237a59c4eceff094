"""Several patients want courses that share some of their times, at the same moment."""

from collections import Counter

from bookings.tests.races.conftest import Race
from bookings.tests.races.outcome import Outcome

WHOLE = 4


def sessions(outcome: Outcome) -> Counter[str]:
    """How many sessions each course has."""
    owners = (str(one["visitor"]) for one in outcome.appointments)
    return Counter(owner for owner in owners if owner.startswith("course"))


def test_one_has_its_whole_course_and_the_others_nothing(race: Race) -> None:
    outcome = race("sets_that_overlap")
    assert not outcome.failures
    assert not outcome.damage
    assert list(sessions(outcome).values()) == [WHOLE]
    booked = [one for one in outcome.appointments if str(one["visitor"]).startswith("course")]
    assert {one["state"] for one in booked} == {"requested"}


def test_without_the_guards_two_courses_share_a_time(race: Race) -> None:
    assert race("sets_that_overlap", without=("constraint", "recheck", "lock")).double_bookings


def test_without_one_transaction_for_all_half_a_set_is_left(race: Race) -> None:
    outcome = race("sets_that_overlap", without=("atomic",))
    assert not outcome.double_bookings
    assert [count for count in sessions(outcome).values() if count < WHOLE]
