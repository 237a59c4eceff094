"""The stretches of time over which a zone keeps one UTC offset.

Inside such a stretch the wall clock is UTC plus a constant, so wall times can be mapped to instants by plain
addition, and no `fold` has to be guessed. Both clock changes are just where two stretches meet, as at each new year.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
# Finer than any two clock changes of one zone lie apart, so that none can hide between two probes.
PROBE = timedelta(hours=6)


class Stretch(NamedTuple):
    """The UTC instants from `start` up to, not including, `end`; wall time there is UTC + `offset`."""

    start: datetime
    end: datetime
    offset: timedelta


def steady_offsets(zone: ZoneInfo, first: date, last: date) -> list[Stretch]:
    """Stretches of `zone`, in order and without gaps, that hold all of the days `first`…`last`.

    They reach one day further on both sides, so the days may be meant in UTC or on the zone's wall clock.
    """
    # A day is enough, as an offset is always shorter than 24 hours.
    start = datetime.combine(first, time.min, UTC) - DAY
    end = datetime.combine(last, time.min, UTC) + 2 * DAY
    years = range(start.year, end.year + 1)
    return [
        stretch for year in years for stretch in _of_year(zone, year) if stretch.start < end and stretch.end > start
    ]


@lru_cache(maxsize=256)
def _of_year(zone: ZoneInfo, year: int) -> tuple[Stretch, ...]:
    """The stretches of a year in UTC. By the year, because asking the zone often is slow."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    end = datetime(year + 1, 1, 1, tzinfo=UTC)
    cuts = [start]
    probe, offset = start, _offset(zone, start)
    while probe < end:
        ahead = min(probe + PROBE, end)
        if _offset(zone, ahead) == offset:
            probe = ahead
        else:
            probe = _first_change(zone, probe, ahead)
            offset = _offset(zone, probe)
            cuts.append(probe)
    return tuple(Stretch(a, b, _offset(zone, a)) for a, b in pairwise([*cuts, end]) if a < b)


def _first_change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The second at which the offset of `low` ends; the offset at `high` must be another one."""
    offset = _offset(zone, low)
    while high - low > SECOND:
        middle = low + (high - low) // SECOND // 2 * SECOND
        if _offset(zone, middle) == offset:
            low = middle
        else:
            high = middle
    return high


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    # The wall clock read as if it were UTC: `utcoffset()` is the same, but typed as possibly None.
    return instant.astimezone(zone).replace(tzinfo=UTC) - instant
