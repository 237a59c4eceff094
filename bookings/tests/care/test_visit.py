"""What is no visit or no lead is refused."""

from dataclasses import replace
from datetime import UTC

import pytest

from bookings.care import Lead
from bookings.tests.care.visits import local, visit


@pytest.mark.parametrize("text", ["", "d", "7", "0d", "-1d", "7w", "٣h", "1.5h", "7 d"])
def test_a_lead_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="such as 7d or 3h"):
        Lead.read(text)


def test_a_lead_reads_what_it_writes() -> None:
    assert [str(Lead.read(text)) for text in ("7d", "2d", "3h")] == ["7d", "2d", "3h"]


def test_a_visit_with_a_naive_time_or_a_backward_end_is_refused() -> None:
    good = visit()
    naive = good.start.replace(tzinfo=None)
    for wrong in ({"start": naive}, {"since": naive}, {"true_end": naive}, {"end": good.start}):
        with pytest.raises(ValueError, match=r"naive|end after"):
            replace(good, **wrong)
    assert replace(good, true_end=local("2026-12-10 14:00")).over.tzinfo is UTC
