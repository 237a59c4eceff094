"""Answers to the questions before a visit, sealed in the browser session until they are sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest

from bookings.models import Screening
from bookings.screening import Answer, Question
from bookings.sealed import CannotUnseal, seal, unseal

Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Given:
    """Answers by the key of their question, and when the last of them was given (aware)."""

    answers: Answers = field(default_factory=lambda: MappingProxyType({}))
    at: datetime | None = None

    def with_answer(self, question: Question, answer: Answer, *, at: datetime) -> "Given":
        return Given({**self.answers, question.key: answer}, at)


def given_in(request: HttpRequest, name: str) -> Given:
    """What the session keeps under `name`; nothing where it cannot be opened any more."""
    try:
        kept = unseal(request.session[name])
        return Given(read_answers(kept["answers"]), datetime.fromisoformat(kept["at"]))
    except (KeyError, ValueError, CannotUnseal):
        return Given()


def keep_given(request: HttpRequest, name: str, given: Given) -> None:
    if given.at is None:
        raise ValueError("answers without the time they were given")
    request.session[name] = seal({"answers": plain(given.answers), "at": given.at.isoformat()})


def answers_in(stored: Screening | None) -> Answers:
    """The answers of a stored screening; none where it has none, or cannot be opened any more."""
    try:
        return read_answers(unseal(stored.answers)) if stored and stored.answers else {}
    except (ValueError, CannotUnseal):
        return {}


def plain(answers: Answers) -> dict[str, Any]:
    """Answers as they are stored, by the key of their question."""
    return {key: answer.to_dict() for key, answer in answers.items()}


def read_answers(values: Mapping[str, Any]) -> Answers:
    """What `plain` made. Raises ValueError for anything else."""
    return {key: Answer.from_dict(value) for key, value in values.items()}
