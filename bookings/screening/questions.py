"""The questions of an edition's page, and what is still to be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple

from bookings.enums import Reply
from bookings.screening.answers import Answer
from treatments.enums import Outcome, Unit


class Part(StrEnum):
    """What of a question is to be asked."""

    REPLY = "reply"
    FOLLOW_UP = "follow_up"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class Question:
    """One contraindication that is asked about. ValueError for a wait without a length, or half a follow-up."""

    key: str
    text: str
    outcome: Outcome
    name: str = ""
    reason: str = ""
    advice: str = ""
    follow_up: str = ""
    outcome_if_no: Outcome | None = None
    wait: int | None = None
    wait_unit: Unit | None = None
    wait_since: str = ""

    def __post_init__(self) -> None:
        if self.asks_when and not (self.wait and self.wait_unit):
            raise ValueError("a wait needs its length and its unit")
        if bool(self.follow_up) != (self.outcome_if_no is not None):
            raise ValueError("a follow-up needs the outcome of a no, and the other way round")

    @property
    def asks_when(self) -> bool:
        """Whether an answer can lead to a wait, so that the day from which it counts is asked."""
        return Outcome.WAIT in (self.outcome, self.outcome_if_no)

    @property
    def fingerprint(self) -> str:
        """A hash over the words that are answered, 16 hexadecimal digits."""
        words = "\0".join((self.text, self.follow_up, self.wait_since if self.asks_when else ""))
        return sha256(words.encode()).hexdigest()[:16]

    def answered(
        self, reply: Reply, follow_up: Reply | None = None, since: date | None = None, *, no_date: bool = False
    ) -> Answer:
        """The answer to this question as it is worded now, without what this reply leaves unasked."""
        if reply != Reply.YES or not self.follow_up:
            follow_up = None
        if self.leads_to(reply, follow_up) != Outcome.WAIT:
            since, no_date = None, False
        return Answer(reply, follow_up, since, no_date and since is None, self.fingerprint)

    def leads_to(self, reply: Reply, follow_up: Reply | None) -> Outcome | None:
        """The outcome before a wait is counted; None while the follow-up is to be asked."""
        if reply != Reply.YES:
            return Outcome.FINE if reply == Reply.NO else Outcome.REVIEW
        if not self.follow_up:
            return self.outcome
        if follow_up is None:
            return None
        return {Reply.YES: self.outcome, Reply.NO: self.outcome_if_no, Reply.NOT_SURE: Outcome.REVIEW}[follow_up]

    def missing(self, answer: Answer | None) -> Part | None:
        """What is to be asked next; None when the answer is whole. Changed words are asked from the start."""
        if answer is None or answer.fingerprint != self.fingerprint:
            return Part.REPLY
        outcome = self.leads_to(answer.reply, answer.follow_up)
        if outcome is None:
            return Part.FOLLOW_UP
        if outcome == Outcome.WAIT and answer.since is None and not answer.no_date:
            return Part.SINCE
        return None


class Step(NamedTuple):
    question: Question
    part: Part


def questions(page: Mapping[str, Any]) -> list[Question]:
    """What an edition's content asks, in page order; not what is `shown` of it: a row that is hidden is still asked.

    Keys are unique, even if a row and an inherited one share theirs.
    """
    asked: dict[str, Question] = {}
    for row in page["contraindications"]:
        if row["question"]:
            question = from_row(row)
            if question.key in asked:
                question = replace(question, key=f"{question.key}-{question.fingerprint}")
            asked[question.key] = question
    return list(asked.values())


def from_row(row: Mapping[str, Any]) -> Question:
    """The question of one row of the page."""
    if_no = Outcome(row["outcome_if_no"]) if row["outcome_if_no"] else None
    if if_no == Outcome.WAIT and not row["wait"]:
        # The row has no length for it: a clinician says how long.
        if_no = Outcome.REVIEW
    return Question(
        key=row["key"],
        text=row["question"],
        outcome=Outcome(row["outcome"]),
        name=row["name"],
        reason=row["reason"],
        advice=row["advice"],
        follow_up=row["follow_up"],
        outcome_if_no=if_no,
        wait=row["wait"],
        wait_unit=Unit(row["wait_unit"]) if row["wait_unit"] else None,
        wait_since=row["wait_since"],
    )


def stale(asked: Sequence[Question], answers: Mapping[str, Answer]) -> list[Question]:
    """The questions without a whole answer to their present words; only these are asked."""
    return [question for question in asked if question.missing(answers.get(question.key))]


def next_step(asked: Sequence[Question], answers: Mapping[str, Answer]) -> Step | None:
    """The first question that is not wholly answered, and what of it is asked now; None when all are."""
    for question in asked:
        if part := question.missing(answers.get(question.key)):
            return Step(question, part)
    return None
