"""What answers lead to: for one question, and for all of them together."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bookings.screening.answers import Answer
from bookings.screening.questions import Question, stale
from treatments.enums import Outcome, Unit

STRENGTH = {outcome: place for place, outcome in enumerate(Outcome)}
BLOCKING = frozenset({Outcome.NOT_SUITABLE, Outcome.NOT_NOW})


@dataclass(frozen=True, slots=True)
class Finding:
    """What one answer leads to. `not_before` is the first day that is late enough, of a wait that is not over."""

    question: Question
    outcome: Outcome
    not_before: date | None = None
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What all answers together lead to: the strongest outcome counts, the latest day, and any review."""

    findings: tuple[Finding, ...]

    @property
    def reasons(self) -> list[Finding]:
        """The findings behind anything but *fine*, strongest first, then in page order."""
        found = [one for one in self.findings if one.outcome != Outcome.FINE]
        return sorted(found, key=lambda one: STRENGTH[one.outcome])

    @property
    def outcome(self) -> Outcome:
        return self.reasons[0].outcome if self.reasons else Outcome.FINE

    @property
    def not_before(self) -> date | None:
        return max((one.not_before for one in self.findings if one.not_before), default=None)

    @property
    def needs_review(self) -> bool:
        return any(one.needs_review for one in self.findings)

    @property
    def blocks(self) -> bool:
        """Whether nothing can be booked now."""
        return self.outcome in BLOCKING


def result(asked: Sequence[Question], answers: Mapping[str, Answer], *, today: date) -> Result:
    """What the answers lead to on `today`, the location's day. Raises ValueError while a question is `stale`."""
    if missing := stale(asked, answers):
        raise ValueError(f"{len(missing)} of {len(asked)} questions are not answered")
    return Result(tuple(finding(question, answers[question.key], today=today) for question in asked))


def finding(question: Question, answer: Answer, *, today: date) -> Finding:
    """What one answer leads to on `today`. Raises ValueError while its follow-up is not answered.

    A wait from a day that is not known or still to come counts from the later of today and that day, and a clinician
    reviews it.
    """
    outcome = question.leads_to(answer.reply, answer.follow_up)
    if outcome is None:
        raise ValueError("the follow-up is not answered")
    if outcome != Outcome.WAIT:
        return Finding(question, outcome, needs_review=outcome == Outcome.REVIEW)
    if answer.since is None or answer.since > today:
        return Finding(question, outcome, end_of_wait(question, max(answer.since or today, today)), needs_review=True)
    not_before = end_of_wait(question, answer.since)
    return Finding(question, outcome, not_before) if not_before > today else Finding(question, Outcome.FINE)


def end_of_wait(question: Question, since: date) -> date:
    """The day a question's wait from `since` is over; the last day there is, where that is beyond the calendar.

    Months are counted by the calendar: one month from 31 January ends on the last day of February.
    """
    wait = question.wait or 0
    try:
        if question.wait_unit != Unit.MONTH:
            return since + timedelta(weeks=wait) if question.wait_unit == Unit.WEEK else since + timedelta(days=wait)
        years, month = divmod(since.year * 12 + since.month - 1 + wait, 12)
        return date(years, month + 1, min(since.day, monthrange(years, month + 1)[1]))
    except (OverflowError, ValueError):
        return date.max
