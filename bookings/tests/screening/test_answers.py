"""An answer is stored as plain values and comes back as it was."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.enums import Reply
from bookings.screening import Answer

REPLIES = st.sampled_from(Reply)


@given(st.builds(Answer, REPLIES, st.none() | REPLIES, st.none() | st.dates(), st.booleans(), st.text()))
def test_an_answer_survives_being_stored(answer: Answer) -> None:
    assert Answer.from_dict(json.loads(json.dumps(answer.to_dict()))) == answer


@pytest.mark.parametrize(
    "change",
    [{"reply": "maybe"}, {"reply": None}, {"follow_up": "maybe"}, {"since": "yesterday"}, {"since": 5}],
)
def test_what_is_no_answer_is_refused(change: dict) -> None:
    stored = Answer(Reply.YES, Reply.NO, date(2026, 1, 1)).to_dict()
    with pytest.raises(ValueError):  # noqa: PT011 (the reason is Python's own)
        Answer.from_dict({**stored, **change})
    for name in stored:
        with pytest.raises(ValueError, match="not a stored answer"):
            Answer.from_dict({key: value for key, value in stored.items() if key != name})
