from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.availability.intervals import Interval, as_utc, known, merge, subtract

BERLIN = ZoneInfo("Europe/Berlin")


def at(hour: float) -> datetime:
    return datetime(2026, 6, 1, tzinfo=UTC) + timedelta(hours=hour)


def span(start: float, end: float) -> Interval:
    return Interval(at(start), at(end))


def test_an_interval_is_kept_in_utc() -> None:
    interval = Interval(datetime(2026, 6, 1, 9, tzinfo=BERLIN), datetime(2026, 6, 1, 10, tzinfo=BERLIN))
    assert interval == span(7, 8)
    assert interval.start.tzinfo is UTC
    assert interval.end.tzinfo is UTC


def test_an_interval_of_known_ends_is_like_any_other() -> None:
    interval = known((at(9), at(10)))
    assert (interval, type(interval), interval.duration) == (span(9, 10), Interval, timedelta(hours=1))


@pytest.mark.parametrize(("start", "end"), [(9, 9), (10, 9)])
def test_an_empty_or_backward_interval_is_refused(start: float, end: float) -> None:
    with pytest.raises(ValueError, match="end after it starts"):
        span(start, end)


def test_naive_datetimes_are_refused() -> None:
    naive = at(9).replace(tzinfo=None)
    for start, end in [(naive, at(20)), (at(0), naive)]:
        with pytest.raises(ValueError, match="naive"):
            Interval(start, end)


def test_the_second_pass_of_a_repeated_hour_comes_after_the_first() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    second = datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1)
    assert Interval(first, second).duration == timedelta(minutes=40)
    with pytest.raises(ValueError, match="end after it starts"):
        Interval(second, first)
    assert as_utc(second) == datetime(2026, 10, 25, 1, 10, tzinfo=UTC)


def test_intervals_sort_by_start_then_end() -> None:
    assert sorted([span(9, 12), span(8, 10), span(9, 10)]) == [span(8, 10), span(9, 10), span(9, 12)]


def test_touching_is_not_overlapping() -> None:
    assert not span(9, 10).overlaps(span(10, 11))
    assert not span(10, 11).overlaps(span(9, 10))
    assert span(9, 10.5).overlaps(span(10, 11))
    assert span(10, 11).overlaps(span(9, 10.5))
    assert span(9, 12).overlaps(span(10, 11))


def test_an_interval_covers_itself_and_what_lies_inside() -> None:
    assert span(9, 12).covers(span(9, 12))
    assert span(9, 12).covers(span(10, 11))
    assert not span(9, 12).covers(span(8.5, 10))
    assert not span(9, 12).covers(span(11, 12.5))


def test_merge_sorts_and_joins_overlapping_touching_and_inner_intervals() -> None:
    given = [span(20, 24), span(10, 11), span(2, 5), span(11, 12), span(4, 7), span(21, 22)]
    assert merge(given) == [span(2, 7), span(10, 12), span(20, 24)]


def test_subtract_from_the_left_the_right_the_middle_and_whole() -> None:
    day = [span(8, 12), span(13, 17)]
    assert subtract(day, [span(7, 9)]) == [span(9, 12), span(13, 17)]
    assert subtract(day, [span(16, 18)]) == [span(8, 12), span(13, 16)]
    assert subtract(day, [span(9, 10), span(14, 15)]) == [
        span(8, 9),
        span(10, 12),
        span(13, 14),
        span(15, 17),
    ]
    assert subtract(day, [span(8, 12)]) == [span(13, 17)]
    assert subtract(day, [span(0, 24)]) == []


def test_subtract_takes_blocks_in_any_order_that_overlap_and_lie_inside_each_other() -> None:
    day = [span(13, 17), span(8, 12)]
    assert subtract(day, [span(14, 15), span(9, 10), span(9, 11), span(9, 9.5)]) == [
        span(8, 9),
        span(11, 12),
        span(13, 14),
        span(15, 17),
    ]
    assert subtract(day, [span(9, 14), span(10, 11), span(12.5, 13.5), span(16, 20)]) == [span(8, 9), span(14, 16)]


def test_subtract_lets_one_block_cut_two_intervals() -> None:
    assert subtract([span(8, 12), span(13, 17)], [span(11, 14)]) == [span(8, 11), span(14, 17)]


def test_subtract_leaves_what_a_block_only_touches() -> None:
    assert subtract([span(8, 12)], [span(6, 8), span(12, 13)]) == [span(8, 12)]


def test_two_partial_blocks_do_not_close_the_day_between_them() -> None:
    assert subtract([span(8, 18)], [span(0, 10), span(16, 24)]) == [span(10, 16)]


def test_nothing_in_nothing_out() -> None:
    assert merge([]) == subtract([], [span(8, 9)]) == []
    assert subtract([span(8, 9)], []) == [span(8, 9)]
