"""An offered place is accepted many times, runs out, and is wanted by strangers, all at the same moment."""

from bookings.tests.races.conftest import Race


def test_an_offered_place_is_accepted_once_and_strangers_are_offered_other_times(race: Race) -> None:
    outcome = race("accepted_many_times")
    assert not outcome.failures
    assert not outcome.damage
    assert len({answer.to for answer in outcome.of("taker")}) == 1
    assert {answer.status for answer in outcome.of("taker")} == {302}
    assert all(answer.offers_other_times for answer in outcome.answers if answer.who != "taker")
    [_claim] = outcome.claims
    assert sorted(str(one["state"]) for one in outcome.appointments) == ["cancelled", "requested"]
    assert [(offer["state"], offer["entry__state"]) for offer in outcome.offers] == [("accepted", "placed")]


def test_without_the_guards_strangers_have_it_too(race: Race) -> None:
    assert race("accepted_many_times", without=("constraint", "recheck", "lock")).double_bookings


def test_an_offer_that_is_accepted_while_it_runs_out_goes_to_one_person(race: Race) -> None:
    outcome = race("accepted_or_expired")
    assert not outcome.failures
    assert not outcome.damage
    [(owner, _span)] = outcome.claims
    [kept] = [one for one in outcome.appointments if one["visitor"] == owner]
    answers = [*outcome.of("accepts"), *outcome.of("taker")]
    told_yes = [answer for answer in answers if answer.status in (200, 302)]
    offers = [(offer["entry__patient__name"], offer["state"], offer["entry__state"]) for offer in outcome.offers]
    if told_yes:
        assert len(told_yes) == len(answers)
        assert kept["state"] == "requested"
        assert offers == [("First", "accepted", "placed")]
    else:
        assert kept["state"] == "held"
        assert offers == [("First", "expired", "waiting"), ("Next", "open", "waiting")]


def test_without_reading_the_offer_again_it_is_given_twice_or_after_it_is_gone(race: Race) -> None:
    """The negative control: a second yes stands in the log, or a yes to what ran out ends in an error."""
    outcome = race("accepted_or_expired", without=("reread",))
    assert outcome.broken_steps or outcome.failures


def test_of_two_times_freed_at_once_one_is_offered_and_both_are_given_up(race: Race) -> None:
    outcome = race("freed_at_once")
    assert not outcome.failures
    assert not outcome.damage
    assert sorted(str(one["state"]) for one in outcome.appointments) == ["cancelled", "cancelled", "held"]
    assert [(offer["state"], offer["entry__state"]) for offer in outcome.offers] == [("open", "waiting")]


def test_without_looking_for_an_open_offer_giving_up_fails(race: Race) -> None:
    assert race("freed_at_once", without=("open offer",)).failures
