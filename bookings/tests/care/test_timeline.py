"""The care page's timeline: real dates and hours."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from bookings.care import Advice, Visit, timeline
from bookings.enums import State
from bookings.tests.care.visits import (
    AFTER_ROWS,
    AFTERCARE,
    DUBAI,
    HOUR,
    PREPARATION,
    PREPARE_ROWS,
    after,
    local,
    messages,
    prepare,
    visit,
    visits,
)

OPEN = [State.REQUESTED, State.CONFIRMED, State.ARRIVED, State.COMPLETED]


def shown(advice: tuple[Advice, ...]) -> list[tuple[str, str, str]]:
    return [(each.text, clock(each.starts), clock(each.until) or each.words) for each in advice]


def clock(moment: datetime | None) -> str:
    return f"{moment:%d %H:%M}" if moment else ""


def test_advice_stands_before_on_the_day_and_after_with_real_times() -> None:
    found = timeline(visit("2026-12-10 13:30"), preparation=PREPARATION, aftercare=AFTERCARE)
    assert (clock(found.start), clock(found.end)) == ("10 13:30", "10 14:30")
    assert shown(found.before) == [
        ("Keep taking your medicines", "", ""),
        ("Do not take aspirin", "03 00:00", "10 13:30"),
    ]
    assert shown(found.day) == [("Bring a list", "10 00:00", "10 13:30"), ("Drink as usual", "10 00:00", "10 13:30")]
    assert shown(found.after) == [
        ("Do not put make-up on", "10 14:30", "10 18:30"),
        ("Keep it dry", "10 14:30", "11 14:30"),
        ("Touch it with clean hands", "10 14:30", ""),
    ]
    assert [each.is_do for each in found.after] == [False, True, True]


def test_the_true_end_moves_the_hours_after_it() -> None:
    found = timeline(
        visit("2026-12-10 13:30", true_end="2026-12-10 14:05", state=State.COMPLETED),
        preparation=PREPARATION,
        aftercare=AFTERCARE,
    )
    assert clock(found.end) == "10 14:05"
    assert shown(found.after)[0] == ("Do not put make-up on", "10 14:05", "10 18:05")


def test_words_stand_where_the_clock_cannot_say_until_when() -> None:
    rows = [after(None, "Do not massage it", until="until your clinician says so"), after(4)]
    found = timeline(visit(), preparation=[], aftercare=rows)
    assert [each.words for each in found.after] == ["", "until your clinician says so"]


def test_hours_after_a_visit_really_pass_through_a_clock_change() -> None:
    autumn = timeline(visit("2027-10-30 13:30"), preparation=[prepare(0)], aftercare=[after(24)])
    assert shown(autumn.after) == [("Keep it dry", "30 14:30", "31 13:30")]
    spring = timeline(visit("2027-03-27 13:30"), preparation=[], aftercare=[after(24)])
    assert shown(spring.after) == [("Keep it dry", "27 14:30", "28 15:30")]
    dubai = timeline(visit("2027-10-30 13:30", zone=DUBAI), preparation=[], aftercare=[after(24)])
    assert shown(dubai.after) == [("Keep it dry", "30 14:30", "31 14:30")]


def test_days_before_a_visit_begin_at_the_local_midnight() -> None:
    found = timeline(visit("2027-03-30 13:30"), preparation=[prepare(2), prepare(1), prepare(3)], aftercare=[])
    assert [each.starts for each in found.before] == [local(f"2027-03-{day} 00:00") for day in (27, 28, 29)]
    assert [each.starts.utcoffset() // HOUR for each in found.before] == [1, 1, 2]


@pytest.mark.parametrize("state", [state for state in State if state not in OPEN])
def test_a_visit_that_does_not_take_place_has_no_advice(state: State) -> None:
    found = timeline(visit(state=state), preparation=PREPARATION, aftercare=AFTERCARE)
    assert (found.before, found.day, found.after) == ((), (), ())


@settings(deadline=None, max_examples=150)
@given(visit=visits(tuple(OPEN)), before=PREPARE_ROWS, rows=AFTER_ROWS)
def test_every_row_stands_once_in_order_and_is_told_by_a_message(
    visit: Visit, before: list[dict], rows: list[dict]
) -> None:
    found = timeline(visit, preparation=before, aftercare=rows)
    assert len(found.before) + len(found.day) == len(before)
    assert [each.until.astimezone(UTC) for each in found.after if each.until] == sorted(
        visit.over + row["hours"] * HOUR for row in rows if row["hours"]
    )
    earliest = datetime.min.replace(tzinfo=UTC)
    starts = [each.starts.astimezone(UTC) if each.starts else earliest for each in [*found.before, *found.day]]
    assert starts == sorted(starts)
    assert all(each.starts.date() == visit.day for each in found.day)
    assert all(each.starts.date() < visit.day for each in found.before if each.starts)
    known = Visit(State.CONFIRMED, visit.start, visit.end, visit.start - 60 * 24 * HOUR, visit.zone)
    told = {message.key for message in messages(known, preparation=before, aftercare=rows)}
    assert {each.key for each in [*found.before, *found.day, *found.after]} <= told
