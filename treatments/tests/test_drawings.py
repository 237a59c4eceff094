"""The drawings of sessions and of depth say what the numbers say, and stay inside their frames."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatments.templatetags.drawings import MOST_DOTS, depth_drawing, session_drawing

COUNT = st.none() | st.integers(1, 40)


@pytest.mark.parametrize(
    ("low", "high", "filled", "hollow", "is_open"),
    [
        (4, 6, 4, 2, False),
        (3, 3, 3, 0, False),
        (1, 1, 1, 0, False),
        (3, None, 3, 1, True),
        (None, 3, 0, 3, False),
        (None, None, 0, 2, True),
    ],
)
def test_dots_are_filled_for_the_least_and_hollow_up_to_the_most(
    low: int | None, high: int | None, filled: int, hollow: int, is_open: bool
) -> None:
    drawing = session_drawing({"sessions_from": low, "sessions_to": high})
    assert [dot["maybe"] for dot in drawing["dots"]] == [False] * filled + [True] * hollow
    assert drawing["open"] is is_open


@given(low=COUNT, high=COUNT)
def test_every_dot_and_the_line_lie_inside_the_drawing(low: int | None, high: int | None) -> None:
    drawing = session_drawing({"sessions_from": low, "sessions_to": high})
    assert 1 <= len(drawing["dots"]) <= MOST_DOTS
    assert all(7 <= dot["x"] <= drawing["width"] - 7 for dot in drawing["dots"])
    assert drawing["dots"][-1]["x"] <= drawing["end"] <= drawing["width"]


@given(low=st.decimals(0, 6, places=1), more=st.decimals(0, 6, places=1))
def test_the_needle_reaches_as_deep_as_is_said(low: Decimal, more: Decimal) -> None:
    high = min(low + more, Decimal(6))
    drawing = depth_drawing({"from": str(low), "to": str(high)})
    assert 40 <= drawing["top"] <= drawing["middle"] <= drawing["bottom"] <= 190
    assert drawing["height"] == drawing["bottom"] - drawing["top"]
    assert abs(drawing["height"] - 24 * float(high - low)) <= 1
    assert [mark["mm"] for mark in drawing["marks"]] == list(range(7))
