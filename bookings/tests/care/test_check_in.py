"""What answers after a visit call for, and how long they may be given."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.care.check_in import Answers, Sign, Urgency, Window, window
from bookings.enums import Feeling, State
from bookings.tests.care.visits import local, visit
from treatments.enums import SeekHelp

PUS = Sign("infection", "Pus", SeekHelp.CLINIC)
LUMP = Sign("lumps", "A lump", SeekHelp.CLINIC)
BREATH = Sign("allergy", "Trouble breathing", SeekHelp.EMERGENCY)
ANSWERS = st.builds(
    Answers,
    st.lists(st.sampled_from([PUS, LUMP, BREATH]), unique=True).map(tuple),
    st.none() | st.sampled_from(Feeling),
)


@pytest.mark.parametrize(
    ("answers", "urgency", "call"),
    [
        (Answers((PUS, BREATH), Feeling.BETTER), Urgency.EMERGENCY, True),
        (Answers((PUS,), Feeling.WORSE), Urgency.CLINIC, True),
        (Answers((), Feeling.WORSE), Urgency.WORSE, False),
        (Answers((), Feeling.EXPECTED), Urgency.NONE, False),
        (Answers((), Feeling.BETTER), Urgency.NONE, False),
    ],
)
def test_the_most_urgent_sign_counts(answers: Answers, urgency: Urgency, call: bool) -> None:
    assert (answers.urgency, answers.needs_call) == (urgency, call)


@given(first=ANSWERS, second=ANSWERS)
def test_a_later_answer_takes_nothing_away(first: Answers, second: Answers) -> None:
    both = first.and_then(second)
    assert set(both.signs) == {*first.signs, *second.signs}
    assert len(both.signs) == len(set(both.signs))
    assert both.urgency >= max(first.urgency, second.urgency)
    assert both.and_then(second) == both.and_then(first) == both
    worst = [None, *Feeling]
    assert worst.index(both.feeling) == max(worst.index(first.feeling), worst.index(second.feeling))


@given(answers=ANSWERS)
def test_stored_and_read_they_are_the_same(answers: Answers) -> None:
    assert Answers.from_dict(answers.to_dict()) == answers


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("2026-12-10 14:29", Window.TOO_EARLY),
        ("2026-12-10 14:30", Window.OPEN),
        ("2026-12-24 14:29", Window.OPEN),
        ("2026-12-24 14:30", Window.CLOSED),
    ],
)
def test_somebody_is_asked_from_the_end_of_the_visit_for_two_weeks(at: str, found: Window) -> None:
    for state in (State.CONFIRMED, State.ARRIVED, State.COMPLETED):
        assert window(visit("2026-12-10 13:30", state=state), local(at)) == found


def test_the_true_end_counts_once_it_is_known() -> None:
    ended = visit("2026-12-10 13:30", state=State.COMPLETED, true_end="2026-12-10 14:00")
    assert window(ended, local("2026-12-10 13:59")) == Window.TOO_EARLY
    assert window(ended, local("2026-12-10 14:00")) == Window.OPEN
    assert window(ended, local("2026-12-24 14:00")) == Window.CLOSED


def test_nobody_is_asked_about_what_did_not_take_place() -> None:
    others = set(State) - {State.CONFIRMED, State.ARRIVED, State.COMPLETED}
    times: list[datetime] = [local("2026-12-10 13:00") + timedelta(days=days) for days in (-1, 1, 30)]
    assert {window(visit(state=state), at) for state, at in product(others, times)} == {Window.NO_VISIT}
