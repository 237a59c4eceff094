from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.availability.windows import Window, covers, intersect_windows, merge_windows

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


def at(hour: float) -> datetime:
    return datetime(2026, 6, 1, tzinfo=UTC) + timedelta(hours=hour)


def window(low: float, high: float) -> Window:
    return Window(at(low), at(high))


def test_windows_that_overlap_touch_or_lie_inside_are_joined() -> None:
    given = [window(20, 23), window(10, 11), window(2, 5), window(11, 12), window(4, 7), window(21, 22)]
    assert merge_windows(given) == [window(2, 7), window(10, 12), window(20, 23)]


def test_windows_a_moment_apart_stay_apart() -> None:
    later = Window(at(11) + MINUTE, at(12))
    assert merge_windows([later, window(10, 11)]) == [window(10, 11), later]


def test_a_single_instant_is_a_window() -> None:
    assert merge_windows([window(9, 9), window(9, 9)]) == [window(9, 9)]
    assert covers([window(9, 9)], at(9))
    assert intersect_windows([window(8, 9)], [window(9, 10)]) == [window(9, 9)]


def test_only_what_both_have_open_is_shared() -> None:
    people = [window(1, 4), window(6, 12)]
    rooms = [window(2, 7), window(8, 9), window(12, 14)]
    shared = [window(2, 4), window(6, 7), window(8, 9), window(12, 12)]
    assert intersect_windows(people, rooms) == intersect_windows(rooms, people) == shared


def test_nothing_is_shared_with_nothing() -> None:
    assert merge_windows([]) == intersect_windows([], [window(8, 9)]) == intersect_windows([window(8, 9)], []) == []


def test_a_start_is_covered_from_the_low_to_the_high_end() -> None:
    windows = [window(9, 10), window(12, 13)]
    assert [covers(windows, at(hour)) for hour in (9, 9.5, 10, 12, 13)] == [True] * 5
    outside = [at(9) - MINUTE, at(10) + MINUTE, at(11), at(12) - MINUTE, at(13) + MINUTE]
    assert [covers(windows, start) for start in outside] == [False] * 5
    assert not covers([], at(9))


def test_a_start_may_be_given_in_any_zone_but_in_one() -> None:
    windows = [window(7, 8)]
    assert covers(windows, datetime(2026, 6, 1, 10, tzinfo=BERLIN))
    assert not covers(windows, datetime(2026, 6, 1, 7, tzinfo=BERLIN))
    with pytest.raises(ValueError, match="naive"):
        covers(windows, datetime(2026, 6, 1, 7))  # noqa: DTZ001  the point of the test
