"""What an edition asks, in which order, and when it asks again."""

from datetime import date, datetime

import pytest
from hypothesis import given

from bookings.enums import Reply
from bookings.screening import Answer, Part, Question, next_step, questions, stale
from bookings.tests.screening.rows import TODAY, asked_and_answered, page, question
from treatments.enums import Outcome, Unit
from treatments.page import shown
from treatments.tests.factories import ContraindicationFactory
from treatments.tests.pages import ready_treatment, sign_draft

WAITS = {"outcome": "wait", "wait": 6, "wait_unit": "month", "wait_since": "after the last dose"}
DIABETES = {"follow_up": "Is it well controlled?", "outcome": "review", "outcome_if_no": "not_now"}


def test_rows_with_a_question_are_asked_in_page_order() -> None:
    asked = questions(
        page(
            {"key": "under-18", "question": "", "minimum_age": 18, "outcome": "not_suitable"},
            {"key": "pregnancy"},
            {"key": "diabetes", **DIABETES},
            {"key": "isotretinoin", **WAITS},
        )
    )
    assert [one.key for one in asked] == ["pregnancy", "diabetes", "isotretinoin"]
    assert asked[0] == Question(
        key="pregnancy",
        text="Are you pregnant?",
        name="People who are pregnant",
        reason="Nobody has tested it.",
        advice="Come back after the birth.",
        outcome=Outcome.NOT_NOW,
    )
    assert (asked[1].follow_up, asked[1].outcome_if_no) == ("Is it well controlled?", Outcome.NOT_NOW)
    assert (asked[2].wait, asked[2].wait_unit, asked[2].wait_since) == (6, Unit.MONTH, "after the last dose")
    assert [one.asks_when for one in asked] == [False, False, True]


@pytest.mark.django_db
def test_an_edition_is_asked_whole_even_what_is_hidden_from_visitors(now: datetime) -> None:
    treatment = ready_treatment()
    ContraindicationFactory(treatment=treatment, question_en="Do you take it?", prescription_only=True, order=9)
    edition = sign_draft(treatment, now=now)
    assert [one.text for one in questions(edition.content)] == ["Are you pregnant?", "Do you take it?"]
    assert len(questions(shown(edition.content, prescription_only=False, before_after=False))) == 1


def test_a_row_and_an_inherited_one_of_the_same_key_are_two_questions() -> None:
    asked = questions(page({"key": "allergy"}, {"key": "allergy", "question": "Are you allergic to hyaluronidase?"}))
    assert len({one.key for one in asked}) == 2
    answers = {one.key: one.answered(Reply.NO) for one in asked}
    assert stale(asked, answers) == []


def test_a_wait_without_a_length_after_the_follow_up_is_for_a_clinician() -> None:
    (asked,) = questions(page({**DIABETES, "outcome": "not_now", "outcome_if_no": "wait"}))
    assert asked.outcome_if_no == Outcome.REVIEW
    assert not asked.asks_when


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": Outcome.WAIT},
        {"outcome": Outcome.WAIT, "wait": 0, "wait_unit": Unit.DAY},
        {"outcome": Outcome.WAIT, "wait": 3},
        {"outcome": Outcome.REVIEW, "follow_up": "Still?"},
        {"outcome": Outcome.REVIEW, "outcome_if_no": Outcome.FINE},
    ],
)
def test_half_a_rule_is_no_question(values: dict) -> None:
    with pytest.raises(ValueError, match="needs"):
        Question(key="any", text="Is it so?", **values)


# What is asked next

PLAIN = question(Outcome.REVIEW)
FOLLOWED = question(Outcome.REVIEW, follow_up="Still?", outcome_if_no=Outcome.FINE)
WAITING = question(Outcome.WAIT)
WAITING_IF_YES = question(Outcome.WAIT, follow_up="Still?", outcome_if_no=Outcome.FINE)
WAITING_IF_NO = question(Outcome.NOT_NOW, follow_up="Still?", outcome_if_no=Outcome.WAIT)


@pytest.mark.parametrize(
    ("asked", "reply", "follow_up", "part"),
    [
        (PLAIN, Reply.YES, None, None),
        (FOLLOWED, Reply.NO, None, None),
        (FOLLOWED, Reply.NOT_SURE, None, None),
        (FOLLOWED, Reply.YES, None, Part.FOLLOW_UP),
        (FOLLOWED, Reply.YES, Reply.YES, None),
        (WAITING, Reply.NO, None, None),
        (WAITING, Reply.NOT_SURE, None, None),
        (WAITING, Reply.YES, None, Part.SINCE),
        (WAITING_IF_YES, Reply.YES, None, Part.FOLLOW_UP),
        (WAITING_IF_YES, Reply.YES, Reply.YES, Part.SINCE),
        (WAITING_IF_YES, Reply.YES, Reply.NO, None),
        (WAITING_IF_YES, Reply.YES, Reply.NOT_SURE, None),
        (WAITING_IF_NO, Reply.YES, Reply.YES, None),
        (WAITING_IF_NO, Reply.YES, Reply.NO, Part.SINCE),
    ],
)
def test_only_what_the_answer_leads_to_is_asked(
    asked: Question, reply: Reply, follow_up: Reply | None, part: Part | None
) -> None:
    assert asked.missing(None) == Part.REPLY
    assert asked.missing(asked.answered(reply, follow_up)) == part
    if part == Part.SINCE:
        assert asked.missing(asked.answered(reply, follow_up, TODAY)) is None
        assert asked.missing(asked.answered(reply, follow_up, no_date=True)) is None


def test_a_changed_reply_forgets_what_was_asked_after_the_old_one() -> None:
    assert WAITING_IF_YES.answered(Reply.NO, Reply.YES, TODAY, no_date=True) == WAITING_IF_YES.answered(Reply.NO)
    assert WAITING_IF_YES.answered(Reply.YES, Reply.NO, TODAY).since is None
    assert PLAIN.answered(Reply.YES, Reply.YES, TODAY) == PLAIN.answered(Reply.YES)
    assert WAITING.answered(Reply.YES, since=TODAY, no_date=True).no_date is False


def test_questions_are_gone_through_one_part_at_a_time() -> None:
    asked = [question(Outcome.WAIT, key="first", follow_up="Still?", outcome_if_no=Outcome.FINE), PLAIN]
    answers: dict[str, Answer] = {}
    parts = []
    while step := next_step(asked, answers):
        parts.append((step.question.key, step.part))
        before = answers.get(step.question.key)
        answers[step.question.key] = step.question.answered(
            Reply.YES, Reply.YES if before else None, TODAY if before and before.follow_up else None
        )
    assert parts == [("first", "reply"), ("first", "follow_up"), ("first", "since"), ("any", "reply")]
    assert answers["first"].since == TODAY


# Asking again


def test_only_questions_whose_words_changed_are_asked_again() -> None:
    before = questions(page({"key": "one"}, {"key": "two"}, {"key": "gone"}, {"key": "wait", **WAITS}))
    answers = {one.key: one.answered(Reply.YES, since=date(2026, 1, 1)) for one in before}
    after = questions(
        page(
            {"key": "wait", **WAITS},
            {"key": "two", "question": "Might you be pregnant?"},
            {"key": "one"},
            {"key": "new"},
        )
    )
    assert [one.key for one in stale(after, answers)] == ["two", "new"]


@pytest.mark.parametrize("change", [{"question": "New?"}, {"follow_up": "New?"}, {"wait_since": "after the scan"}])
def test_new_words_make_a_question_new(change: dict) -> None:
    row = {**WAITS, "follow_up": "Still?", "outcome_if_no": "fine"}
    (before,), (after,) = questions(page(row)), questions(page({**row, **change}))
    assert before.fingerprint != after.fingerprint
    assert after.missing(before.answered(Reply.NO)) == Part.REPLY


@pytest.mark.parametrize(
    "change", [{"reason": "New."}, {"advice": "New."}, {"name": "New"}, {"outcome": "not_suitable"}, {"key": "new"}]
)
def test_the_same_words_are_not_asked_twice(change: dict) -> None:
    (before,), (after,) = questions(page({})), questions(page(change))
    assert after.missing(before.answered(Reply.YES)) is None


def test_a_rule_that_now_leads_to_a_wait_asks_for_the_date_alone() -> None:
    (before,), (after,) = questions(page({})), questions(page({**WAITS, "wait_since": ""}))
    assert after.missing(before.answered(Reply.YES)) == Part.SINCE
    assert after.missing(before.answered(Reply.NO)) is None


def test_words_cannot_pass_from_one_text_to_the_next() -> None:
    one = question(text="Is it so?", follow_up="Still?", outcome_if_no=Outcome.FINE)
    other = question(text="Is it so?Still?")
    assert one.fingerprint != other.fingerprint


@given(asked_and_answered())
def test_whole_answers_leave_nothing_to_ask(pairs: list[tuple[Question, Answer]]) -> None:
    asked = [one for one, _ in pairs]
    answers = {one.key: answer for one, answer in pairs}
    assert stale(asked, answers) == []
    assert next_step(asked, answers) is None
    for one in asked:
        rest = {key: answer for key, answer in answers.items() if key != one.key}
        assert stale(asked, rest) == [one]
        assert next_step(asked, rest) == (one, Part.REPLY)
