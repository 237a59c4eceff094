"""Rows of an edition's page, and any questions and answers at all."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from bookings.enums import Reply
from bookings.screening import Answer, Question
from treatments.enums import Outcome, Unit

TODAY = date(2026, 12, 7)
ROW: dict[str, Any] = {
    "key": "pregnancy",
    "name": "People who are pregnant",
    "reason": "Nobody has tested it.",
    "question": "Are you pregnant?",
    "follow_up": "",
    "outcome": "not_now",
    "outcome_if_no": "",
    "advice": "Come back after the birth.",
    "wait": None,
    "wait_unit": "",
    "wait_since": "",
    "minimum_age": None,
    "prescription_only": False,
    "references": [],
}


def page(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"contraindications": [{**ROW, **row} for row in rows]}


def question(outcome: Outcome = Outcome.REVIEW, key: str = "any", **values: Any) -> Question:
    if Outcome.WAIT in (outcome, values.get("outcome_if_no")):
        values = {"wait": 14, "wait_unit": Unit.DAY, "wait_since": "after it has healed", **values}
    return Question(**{"key": key, "text": "Is it so?", "outcome": outcome, **values})


@st.composite
def asked_and_answered(draw: st.DrawFn) -> list[tuple[Question, Answer]]:
    """Questions of every kind with distinct keys, each with a whole answer."""
    pairs = []
    for number in range(draw(st.integers(0, 6))):
        values: dict[str, Any] = {"wait": draw(st.integers(1, 400)), "wait_unit": draw(st.sampled_from(Unit))}
        if draw(st.booleans()):
            values |= {"follow_up": "And is it still so?", "outcome_if_no": draw(st.sampled_from(Outcome))}
        asked = question(draw(st.sampled_from(Outcome)), key=f"row-{number}", **values)
        since = draw(st.none() | st.dates(date(2026, 6, 1), date(2027, 1, 1)))
        replies = st.sampled_from(Reply)
        pairs.append((asked, asked.answered(draw(replies), draw(replies), since, no_date=since is None)))
    return pairs
