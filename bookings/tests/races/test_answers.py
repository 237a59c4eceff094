"""Staff and patients change the same appointment, or want the same time for different ones, at the same moment."""

import pytest

from bookings.enums import State
from bookings.tests.races.conftest import Race

ALL = ("constraint", "recheck", "lock")


def test_a_request_answered_and_cancelled_at_once_has_one_state_and_claims_to_match(race: Race) -> None:
    outcome = race("answered_at_once")
    assert not outcome.failures
    assert not outcome.damage
    steps = [(before, after) for _which, before, after, _moved in outcome.log]
    assert steps[0] == ("held", "requested")
    # One answer, and where it was a yes perhaps the patient's cancelling after it.
    assert steps[1:] in (
        [("requested", "confirmed"), ("confirmed", "cancelled")],
        [("requested", "declined")],
        [("requested", "cancelled")],
    )
    for to in (State.CONFIRMED, State.DECLINED):
        answers = list(outcome.of(to))
        assert [answer.status for answer in answers].count(200) == [after for _, after in steps].count(to)
        assert {answer.refusal for answer in answers} <= {"", "TransitionNotAllowed"}
    assert {answer.status for answer in outcome.of("patient")} == {302}


def test_a_patient_who_is_merged_while_a_visit_is_confirmed_is_told_of_it(race: Race) -> None:
    outcome = race("merged_while_it_is_confirmed")
    assert [answer.status for answer in outcome.answers] == [200, 200]
    assert [(one["state"], one["patient"]) for one in outcome.appointments] == [("confirmed", outcome.patients[0])]
    assert len(outcome.patients) == 1


def test_without_reading_the_state_again_it_is_answered_many_times(race: Race) -> None:
    assert race("answered_at_once", without=("reread",)).broken_steps


def test_one_of_those_who_had_a_time_gets_it_back_or_a_stranger_has_it(race: Race) -> None:
    outcome = race("undone_and_taken")
    assert not outcome.failures
    assert not outcome.with_wrong_claims
    [_claim] = outcome.claims
    back = [answer for answer in outcome.answers if answer.who.startswith("asked") and answer.status == 200]
    assert len(back) + len(outcome.winners) == 1
    assert {answer.refusal for answer in outcome.answers} <= {"", "SlotTaken", "TransitionNotAllowed"}
    live = [one for one in outcome.appointments if one["state"] in ("held", "requested")]
    assert [one["visitor"] for one in live] == [outcome.claims[0][0]]


@pytest.mark.parametrize("without", [("recheck", "lock"), ("constraint",)])
def test_the_database_alone_or_the_actions_alone_are_enough(race: Race, without: tuple[str, ...]) -> None:
    for scenario in ("undone_and_taken", "moved_to_one_time"):
        outcome = race(scenario, without=without)
        assert (outcome.double_bookings, outcome.with_wrong_claims, outcome.failures) == (0, [], [])


def test_without_any_of_them_two_have_it(race: Race) -> None:
    assert race("undone_and_taken", without=ALL).double_bookings


def test_one_of_many_moves_to_a_free_time_and_the_others_keep_theirs(race: Race) -> None:
    outcome = race("moved_to_one_time")
    assert not outcome.failures
    assert not outcome.damage
    [moved] = [line for line in outcome.log if line[3]]
    [done] = [answer for answer in outcome.answers if answer.to.endswith("?done=moved")]
    assert [one["visitor"] for one in outcome.appointments if one["reference"] == moved[0]] == [done.who]
    assert all(answer.offers_other_times for answer in outcome.answers if answer != done)
    assert len(outcome.appointments) == len(outcome.claims) == 12


def test_without_any_of_the_guards_several_move_there(race: Race) -> None:
    assert race("moved_to_one_time", without=ALL).double_bookings


def test_an_appointment_moved_in_two_windows_moves_once(race: Race) -> None:
    outcome = race("moved_twice")
    assert not outcome.failures
    assert not outcome.damage
    assert len(outcome.appointments) == len([line for line in outcome.log if line[3]]) == 1
    done = {answer.who for answer in outcome.answers if answer.to.endswith(("?done=moved", "?done=same"))}
    assert len(done) == 1
    [window] = done
    assert {answer.status for answer in outcome.of(window)} == {302}
    assert {answer.status for answer in outcome.answers if answer.who != window} == {409}


def test_without_reading_where_it_is_it_moves_again_and_again(race: Race) -> None:
    assert len([line for line in race("moved_twice", without=("reread",)).log if line[3]]) > 1
