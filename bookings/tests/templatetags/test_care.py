"""Advice is dated in words on the clock of the visit, and drawn where those words say."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override
from hypothesis import given, settings

from bookings.care import Advice, timeline
from bookings.templatetags.care import (
    LANES_FROM,
    LANES_TO,
    STEP,
    WIDTH,
    day_said,
    from_when,
    is_over,
    time_said,
    timeline_drawing,
    until_when,
)
from bookings.tests.care.visits import (
    AFTER_ROWS,
    AFTERCARE,
    DUBAI,
    PREPARATION,
    PREPARE_ROWS,
    after,
    local,
    prepare,
    visit,
    visits,
)

NOW = local("2026-12-10 09:00")


@pytest.mark.parametrize(
    ("moment", "day", "time"),
    [
        ("2026-12-10 18:30", "today", "18:30 today"),
        ("2026-12-11 00:05", "tomorrow", "00:05 tomorrow"),
        ("2026-12-12 14:30", "Saturday 12 December", "14:30 on Saturday 12 December"),
        ("2026-12-09 14:30", "Wednesday 9 December", "14:30 on Wednesday 9 December"),
    ],
)
def test_days_are_said_as_people_say_them(moment: str, day: str, time: str) -> None:
    assert (day_said(local(moment), NOW), time_said(local(moment), NOW)) == (day, time)


def test_today_is_that_of_the_location_not_of_the_reader() -> None:
    late = datetime(2026, 12, 10, 21, tzinfo=UTC)
    assert day_said(local("2026-12-11 10:00", DUBAI), late) == "today"
    assert day_said(local("2026-12-11 10:00"), late) == "tomorrow"


def test_an_hour_that_happens_twice_is_told_apart() -> None:
    now = local("2027-10-30 20:00")
    first, second = local("2027-10-31 02:30"), local("2027-10-31 02:30").replace(fold=1)
    assert time_said(first, now) == "02:30 CEST tomorrow"
    assert time_said(second, now) == "02:30 CET tomorrow"


def test_since_when_and_until_when_are_said_of_each_line() -> None:
    rows = [*AFTERCARE, after(None, until="until your clinician says so")]
    found = timeline(visit("2026-12-10 13:30"), preparation=PREPARATION, aftercare=rows)
    assert [from_when(one, NOW) for one in found.before] == ["at all times", "from Thursday 3 December"]
    assert [until_when(one, NOW) for one in found.after] == [
        "until 18:30 today",
        "until 14:30 tomorrow",
        "",
        "until your clinician says so",
    ]
    assert [is_over(one, local("2026-12-10 18:30")) for one in found.after] == [True, False, False, False]


def test_the_drawing_has_a_numbered_bar_for_each_line_between_its_moments() -> None:
    found = timeline(visit("2026-12-10 13:30"), preparation=PREPARATION, aftercare=AFTERCARE)
    drawing = timeline_drawing(found, local("2026-12-10 16:30"))
    assert [[line["words"] for line in moment["lines"]] for moment in drawing["moments"]] == [
        ["Thu 3 Dec"],
        ["Thu 10 Dec"],
        ["13:30"],
        ["14:30"],
        ["18:30"],
        ["Fri 11 Dec", "14:30"],
    ]
    y = [moment["y"] for moment in drawing["moments"]]
    bars = drawing["bars"]
    assert [bar["number"] for bar in bars] == list(range(1, 8))
    assert [bar["advice"] for bar in bars] == [*found.before, *found.day, *found.after]
    spans = [(bar["top"], bar["bottom"]) for bar in bars]
    assert spans[1:6] == [(y[0], y[2]), (y[1], y[2]), (y[1], y[2]), (y[3], y[4]), (y[3], y[5])]
    # Open ends reach over the first and the last moment.
    assert spans[0][0] < y[0]
    assert spans[0][1] == y[2]
    assert spans[6][0] == y[3]
    assert spans[6][1] > y[5]
    assert drawing["now"] == y[3] + STEP // 2


def test_now_is_drawn_only_between_the_first_moment_and_the_last() -> None:
    found = timeline(visit("2026-12-10 13:30"), preparation=[], aftercare=[after(4)])
    drawn = [timeline_drawing(found, local(f"2026-12-10 {hour}"))["now"] for hour in ("13:29", "13:30", "18:30")]
    assert (drawn[0], drawn[2]) == (None, None)
    assert drawn[1] is not None


def test_read_from_right_to_left_it_is_drawn_so() -> None:
    found = timeline(visit(), preparation=[prepare(0)], aftercare=[after(4)])
    drawing = timeline_drawing(found, NOW)
    with override("fa"):
        mirrored = timeline_drawing(found, NOW)
    assert [bar["x"] for bar in mirrored["bars"]] == [WIDTH - bar["x"] for bar in drawing["bars"]]
    assert mirrored["side"] == WIDTH - drawing["side"]
    for one in (drawing, mirrored):
        assert 0 <= one["visit"]["x"] <= one["visit"]["x"] + one["visit"]["width"] <= WIDTH


@settings(max_examples=60)
@given(visit=visits(), preparation=PREPARE_ROWS, aftercare=AFTER_ROWS)
def test_every_visit_can_be_drawn_inside_the_frame(visit: object, preparation: list, aftercare: list) -> None:
    found = timeline(visit, preparation=preparation, aftercare=aftercare)
    drawing = timeline_drawing(found, visit.start)
    for bar in drawing["bars"]:
        assert LANES_FROM < bar["x"] < LANES_TO
        assert 0 < bar["top"] <= bar["bottom"] < drawing["height"], bar
    y = [moment["y"] for moment in drawing["moments"]]
    assert y == sorted(set(y))
    written = [line["y"] for moment in drawing["moments"] for line in moment["lines"]]
    assert written == sorted(set(written))


def test_advice_without_an_end_is_never_over() -> None:
    assert not is_over(Advice("Keep it clean", "", True, "aftercare"), NOW)
