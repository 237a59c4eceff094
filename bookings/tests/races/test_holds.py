"""One visitor clicks twice, uses two windows, or comes back after the hold has run out."""

from bookings.tests.races.conftest import Race
from bookings.tests.races.outcome import Outcome
from bookings.tests.races.posts import newcomer


def assert_sent_once(outcome: Outcome) -> None:
    """The one request that a visitor was told of is there, whole: its time is claimed and the patient is its own."""
    [request] = [appointment for appointment in outcome.appointments if appointment["state"] == "requested"]
    pages = {answer.to for answer in outcome.answers if answer.is_sent}
    assert len(pages) == 1
    assert str(request["reference"]) in pages.pop()
    assert outcome.patients == [request["patient"]]
    assert request["visitor"] in [owner for owner, _ in outcome.claims]


def test_a_time_clicked_many_times_is_held_once(race: Race) -> None:
    outcome = race("chosen_many_times")
    assert len(outcome.winners) == len(outcome.answers) == 50
    assert len(outcome.claims) == len(outcome.appointments) == 1


def test_a_request_sent_many_times_is_made_once_and_every_answer_leads_to_it(race: Race) -> None:
    outcome = race("sent_many_times")
    assert [answer.is_sent for answer in outcome.answers] == [True] * 50
    assert len(outcome.claims) == len(outcome.appointments) == 1
    assert_sent_once(outcome)


def test_an_expired_hold_goes_to_whoever_asks_or_sends_first_and_to_nobody_else(race: Race) -> None:
    outcome = race("expired_holds")
    assert not outcome.failures
    assert not outcome.double_bookings
    sent = 0
    for nth in range(10):
        [late], [new] = outcome.of(f"late-{nth}"), outcome.of(newcomer(nth))
        assert late.is_sent != new.holds
        assert late.is_sent or late.offers_other_times or late.to.endswith("?ended=1")
        assert new.holds or new.offers_other_times
        winner, state = (late.who, "requested") if late.is_sent else (new.who, "held")
        pair = [one for one in outcome.appointments if one["visitor"] in {late.who, new.who}]
        assert [(one["visitor"], one["state"]) for one in pair] == [(winner, state)]
        assert [owner for owner, _ in outcome.claims].count(winner) == 1
        sent += late.is_sent
    assert len(outcome.patients) == sent
    assert len(outcome.claims) == 10


def test_a_time_freed_while_the_request_is_being_sent_stays_requested(race: Race) -> None:
    outcome = race("sent_and_freed")
    assert not outcome.failures
    assert_sent_once(outcome)


def test_whoever_keeps_a_hold_while_the_request_is_being_sent_is_not_told_that_it_is_lost(race: Race) -> None:
    outcome = race("sent_and_kept")
    assert not outcome.failures
    assert not [answer for answer in outcome.answers if answer.says_lost]
    assert_sent_once(outcome)


def test_another_time_chosen_while_the_request_is_being_sent_is_held_beside_it(race: Race) -> None:
    outcome = race("sent_and_moved")
    assert not outcome.failures
    assert_sent_once(outcome)
    assert sorted(str(one["state"]) for one in outcome.appointments) == ["held", "requested"]


def test_two_windows_with_times_of_two_types_hold_the_later_one(race: Race) -> None:
    outcome = race("two_types")
    assert not outcome.damage
    assert [answer.status for answer in outcome.answers] == [200, 200]
    assert [one["state"] for one in outcome.appointments] == ["held"]


def test_without_the_visitors_lock_they_hold_both(race: Race) -> None:
    """On SQLite one writer at a time is let in, and what frees the earlier hold is taken away instead."""
    assert len(race("two_types", without=("visitor",)).appointments) == 2
