"""What answers lead to: each rule, and their precedence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.enums import Reply
from bookings.screening import Answer, Question, finding, result
from bookings.tests.screening.rows import TODAY, asked_and_answered, question
from treatments.enums import Outcome, Unit

DIABETES = question(Outcome.REVIEW, follow_up="Is it well controlled?", outcome_if_no=Outcome.NOT_NOW)
Pairs = list[tuple[Question, Answer]]


def of(pairs: Pairs, today: date = TODAY):
    return result([one for one, _ in pairs], {one.key: answer for one, answer in pairs}, today=today)


@pytest.mark.parametrize("outcome", [one for one in Outcome if one != Outcome.WAIT])
def test_a_yes_leads_to_the_outcome_of_the_row(outcome: Outcome) -> None:
    asked = question(outcome)
    found = finding(asked, asked.answered(Reply.YES), today=TODAY)
    assert (found.outcome, found.not_before, found.needs_review) == (outcome, None, outcome == Outcome.REVIEW)


@pytest.mark.parametrize("outcome", Outcome)
def test_a_no_is_fine_and_not_sure_is_reviewed(outcome: Outcome) -> None:
    asked = question(outcome)
    no = finding(asked, asked.answered(Reply.NO), today=TODAY)
    not_sure = finding(asked, asked.answered(Reply.NOT_SURE), today=TODAY)
    assert (no.outcome, no.needs_review) == (Outcome.FINE, False)
    assert (not_sure.outcome, not_sure.needs_review, not_sure.not_before) == (Outcome.REVIEW, True, None)


@pytest.mark.parametrize(
    ("follow_up", "outcome"),
    [(Reply.YES, Outcome.REVIEW), (Reply.NO, Outcome.NOT_NOW), (Reply.NOT_SURE, Outcome.REVIEW)],
)
def test_a_follow_up_decides_after_a_yes(follow_up: Reply, outcome: Outcome) -> None:
    assert finding(DIABETES, DIABETES.answered(Reply.YES, follow_up), today=TODAY).outcome == outcome
    assert finding(DIABETES, DIABETES.answered(Reply.NO, follow_up), today=TODAY).outcome == Outcome.FINE


def test_an_open_follow_up_is_no_finding() -> None:
    with pytest.raises(ValueError, match="follow-up"):
        finding(DIABETES, DIABETES.answered(Reply.YES), today=TODAY)


# Waiting


@pytest.mark.parametrize(
    ("wait", "unit", "since", "until"),
    [
        (14, Unit.DAY, "2026-12-01", "2026-12-15"),
        (3, Unit.WEEK, "2026-12-01", "2026-12-22"),
        (6, Unit.MONTH, "2026-07-15", "2027-01-15"),
        (6, Unit.MONTH, "2026-08-31", "2027-02-28"),
        (15, Unit.MONTH, "2026-11-30", "2028-02-29"),
        (12, Unit.MONTH, "2026-12-07", "2027-12-07"),
        (1, Unit.DAY, "2026-12-07", "2026-12-08"),
    ],
)
def test_a_wait_counts_from_the_day_given(wait: int, unit: Unit, since: str, until: str) -> None:
    asked = question(Outcome.WAIT, wait=wait, wait_unit=unit)
    answer, end = asked.answered(Reply.YES, since=date.fromisoformat(since)), date.fromisoformat(until)
    found = finding(asked, answer, today=TODAY)
    assert (found.outcome, found.not_before, found.needs_review) == (Outcome.WAIT, end, False)
    # On its last day it still holds; when it is over, nothing is left of it.
    assert finding(asked, answer, today=end - timedelta(days=1)).not_before == end
    over = finding(asked, answer, today=end)
    assert (over.outcome, over.not_before, over.needs_review) == (Outcome.FINE, None, False)


def test_a_wait_from_an_unknown_day_counts_from_today_and_is_reviewed() -> None:
    asked = question(Outcome.WAIT, wait=6, wait_unit=Unit.MONTH)
    found = finding(asked, asked.answered(Reply.YES, no_date=True), today=TODAY)
    assert (found.outcome, found.not_before, found.needs_review) == (Outcome.WAIT, date(2027, 6, 7), True)


def test_a_wait_from_a_day_to_come_counts_from_that_day_and_is_reviewed() -> None:
    asked = question(Outcome.WAIT, wait=14)
    found = finding(asked, asked.answered(Reply.YES, since=date(2026, 12, 8)), today=TODAY)
    assert (found.not_before, found.needs_review) == (date(2026, 12, 22), True)


@pytest.mark.parametrize(("follow_up", "outcome"), [(Reply.YES, Outcome.NOT_NOW), (Reply.NO, Outcome.WAIT)])
def test_a_follow_up_can_lead_to_a_wait(follow_up: Reply, outcome: Outcome) -> None:
    asked = question(Outcome.NOT_NOW, follow_up="Still?", outcome_if_no=Outcome.WAIT)
    found = finding(asked, asked.answered(Reply.YES, follow_up, date(2026, 12, 1)), today=TODAY)
    assert found.outcome == outcome
    assert found.not_before == (date(2026, 12, 15) if outcome == Outcome.WAIT else None)


@pytest.mark.parametrize("unit", Unit)
def test_a_wait_beyond_the_calendar_ends_on_its_last_day(unit: Unit) -> None:
    asked = question(Outcome.WAIT, wait=32_767, wait_unit=unit)
    found = finding(asked, asked.answered(Reply.YES, since=date(9990, 1, 1)), today=TODAY)
    assert found.not_before == date.max


@given(st.dates(date(2020, 1, 1), TODAY), st.integers(0, 400), st.integers(1, 400), st.sampled_from(Unit))
def test_a_later_day_never_ends_a_wait_earlier(since: date, later: int, wait: int, unit: Unit) -> None:
    asked = question(Outcome.WAIT, wait=wait, wait_unit=unit)

    def end(day: date) -> date:
        return finding(asked, asked.answered(Reply.YES, since=day), today=TODAY).not_before or TODAY

    assert TODAY <= end(since) <= end(since + timedelta(days=later))


# All answers together


@pytest.mark.parametrize(
    ("outcomes", "strongest", "blocks"),
    [
        ([], Outcome.FINE, False),
        (["fine"], Outcome.FINE, False),
        (["fine", "review"], Outcome.REVIEW, False),
        (["review", "wait"], Outcome.WAIT, False),
        (["review", "wait", "not_now"], Outcome.NOT_NOW, True),
        (["not_now", "fine", "not_suitable", "wait"], Outcome.NOT_SUITABLE, True),
    ],
)
def test_the_strongest_outcome_counts(outcomes: list[str], strongest: Outcome, blocks: bool) -> None:
    asked = [question(Outcome(outcome), key=outcome) for outcome in outcomes]
    found = of([(one, one.answered(Reply.YES, since=TODAY)) for one in asked])
    assert (found.outcome, found.blocks, found.needs_review) == (strongest, blocks, "review" in outcomes)
    order = ["not_suitable", "not_now", "wait", "review"]
    assert [one.question.key for one in found.reasons] == [outcome for outcome in order if outcome in outcomes]
    assert found.not_before == (TODAY + timedelta(days=14) if "wait" in outcomes else None)


def test_a_review_and_a_date_are_kept_beside_a_stronger_outcome() -> None:
    refused, waits, unsure = question(Outcome.NOT_SUITABLE, "a"), question(Outcome.WAIT, "b"), question(key="c")
    found = of(
        [
            (refused, refused.answered(Reply.YES)),
            (waits, waits.answered(Reply.YES, since=TODAY)),
            (unsure, unsure.answered(Reply.NOT_SURE)),
        ]
    )
    assert (found.outcome, found.needs_review, found.not_before) == (Outcome.NOT_SUITABLE, True, date(2026, 12, 21))


def test_the_latest_of_several_waits_counts() -> None:
    waits = [question(Outcome.WAIT, key=f"{days}", wait=days) for days in (20, 30, 10)]
    assert of([(one, one.answered(Reply.YES, since=TODAY)) for one in waits]).not_before == date(2027, 1, 6)


@given(asked_and_answered())
def test_all_together_is_the_strongest_the_latest_and_any_review(pairs: Pairs) -> None:
    each = [finding(one, answer, today=TODAY) for one, answer in pairs]
    found = of(pairs)
    order = list(Outcome)
    assert found.outcome == min((one.outcome for one in each), key=order.index, default=Outcome.FINE)
    assert found.not_before == max((one.not_before for one in each if one.not_before), default=None)
    assert found.needs_review == any(one.needs_review for one in each)
    assert found.blocks == (found.outcome in ("not_suitable", "not_now"))
    assert sorted(one.question.key for one in found.reasons) == sorted(
        one.question.key for one in each if one.outcome != Outcome.FINE
    )
    assert (found.not_before is not None) == any(one.outcome == Outcome.WAIT for one in each)


@given(st.data(), asked_and_answered())
def test_the_order_of_the_questions_changes_nothing(data: st.DataObject, pairs: Pairs) -> None:
    one, other = of(pairs), of(data.draw(st.permutations(pairs)))
    assert (one.outcome, one.not_before, one.needs_review) == (other.outcome, other.not_before, other.needs_review)
    assert [each.outcome for each in one.reasons] == [each.outcome for each in other.reasons]


@given(asked_and_answered(), asked_and_answered())
def test_more_answers_never_make_it_milder(some: Pairs, more: Pairs) -> None:
    order = list(Outcome)
    fewer, both = of(some), of([*some, *[pair for pair in more if pair[0].key not in {one.key for one, _ in some}]])
    assert order.index(both.outcome) <= order.index(fewer.outcome)
    assert both.needs_review >= fewer.needs_review
    assert (both.not_before or date.min) >= (fewer.not_before or date.min)


def test_nothing_is_concluded_from_half_the_answers() -> None:
    asked = [question(key="one"), question(key="two")]
    with pytest.raises(ValueError, match="1 of 2"):
        result(asked, {"one": asked[0].answered(Reply.NO)}, today=TODAY)
    reworded = question(key="one", text="Is it still so?")
    with pytest.raises(ValueError, match="1 of 1"):
        result([reworded], {"one": asked[0].answered(Reply.NO)}, today=TODAY)
