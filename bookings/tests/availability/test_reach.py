from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.availability.reach import by_day

BERLIN = ZoneInfo("Europe/Berlin")
SANTIAGO = ZoneInfo("America/Santiago")
APIA = ZoneInfo("Pacific/Apia")
EVER = {"since": datetime(2000, 1, 1, tzinfo=UTC), "until": datetime(2040, 1, 1, tzinfo=UTC)}
# Nights in which clocks change: at 02:00, at midnight, and one in which a whole date was skipped.
NIGHTS = [
    (BERLIN, date(2026, 10, 25)),
    (BERLIN, date(2027, 3, 28)),
    (SANTIAGO, date(2025, 4, 6)),
    (SANTIAGO, date(2025, 9, 7)),
    (APIA, date(2011, 12, 30)),
    (ZoneInfo("Asia/Tehran"), date(2026, 3, 22)),
]


@given(st.sampled_from(NIGHTS), st.sets(st.integers(0, 4 * 96), max_size=40))
def test_each_start_is_found_on_its_own_local_day(night: tuple[ZoneInfo, date], quarters: set[int]) -> None:
    zone, day = night
    midnight = datetime.combine(day, time(), UTC) - timedelta(days=2)
    starts = sorted(midnight + timedelta(minutes=15 * quarter) for quarter in quarters)
    expected = {day: list(some) for day, some in groupby(starts, key=lambda start: start.astimezone(zone).date())}
    found = by_day({"ada": starts}, zone=zone, **EVER)
    assert found == ({"ada": expected} if starts else {})


def test_a_date_that_came_in_two_pieces_holds_both() -> None:
    # St. John's set its clocks back from 00:01 to 23:01 of the day before.
    zone = ZoneInfo("America/St_Johns")
    starts = [datetime(2010, 11, 7, 2, 15, tzinfo=UTC) + timedelta(minutes=15 * n) for n in range(6)]
    days = [start.astimezone(zone).day for start in starts]
    assert days == [6, 7, 6, 6, 6, 7]
    found = by_day({"ada": starts}, zone=zone, **EVER)["ada"]
    assert {day.day: len(some) for day, some in found.items()} == {6: 4, 7: 2}


def test_only_starts_strictly_between_the_bounds_count() -> None:
    starts = [datetime(2026, 6, 1, hour, tzinfo=UTC) for hour in (8, 9, 10)]
    found = by_day({"ada": starts, "bea": starts[:1], "cleo": []}, since=starts[0], until=starts[2], zone=BERLIN)
    assert found == {"ada": {date(2026, 6, 1): [starts[1]]}}


def test_starts_come_back_in_utc_and_naive_ones_are_refused() -> None:
    start = datetime(2026, 6, 1, 0, 30, tzinfo=BERLIN)
    ((found,),) = by_day({"ada": [start]}, zone=BERLIN, **EVER)["ada"].values()
    assert (found, found.tzinfo) == (start, UTC)
    with pytest.raises(ValueError, match="naive"):
        by_day({"ada": [start.replace(tzinfo=None)]}, zone=BERLIN, **EVER)
