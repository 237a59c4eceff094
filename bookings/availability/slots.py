"""Where in the free time a visit can start."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from heapq import nsmallest
from zoneinfo import ZoneInfo

from .intervals import Interval, as_utc, merge
from .offsets import DAY, Stretch, steady_offsets
from .windows import Window

ZERO = timedelta(0)


@dataclass(frozen=True, slots=True)
class Visit:
    """How long a visit lasts, the buffers it needs `before` and `after`, and the `step` of its start times.

    ValueError for a duration or step that is not positive, or a negative buffer.
    """

    duration: timedelta
    before: timedelta
    after: timedelta
    step: timedelta

    def __post_init__(self) -> None:
        if self.duration <= ZERO or self.step <= ZERO:
            raise ValueError("a visit needs a positive duration and a positive step")
        if self.before < ZERO or self.after < ZERO:
            raise ValueError("a visit's buffers cannot be negative")

    def claim(self, start: datetime) -> Interval:
        """What a visit starting at `start` (aware) takes, buffers included. ValueError if naive."""
        # In UTC first: on a zone's datetime, adding an hour moves the hands, not the time.
        start = as_utc(start)
        return Interval(start - self.before, start + self.duration + self.after)


def start_windows(free: Iterable[Interval], visit: Visit, *, earliest: datetime, latest: datetime) -> list[Window]:
    """When in [earliest, latest] a visit may start so that its claim lies in one merged piece of `free`.

    In normal form, both ends of each window included. ValueError if a bound is naive.
    """
    earliest, latest = as_utc(earliest), as_utc(latest)
    tail = visit.duration + visit.after
    windows = []
    for gap in merge(free):
        #   gap           ├──────────────────────────────┤
        #   first claim   ├ before ┼ duration ┼ after ┤
        #   last claim       ├ before ┼ duration ┼ after ┤
        #   window                 ├──┤   both ends included
        low, high = gap.start + visit.before, gap.end - tail
        if low < earliest:
            low = earliest
        if high > latest:
            high = latest
        if low <= high:
            windows.append(Window(low, high))
    return windows


def starts_in(windows: Sequence[Window], *, step: timedelta, zone: ZoneInfo) -> list[datetime]:
    """Every start on the grid inside windows in normal form: UTC, sorted, unique.

    The grid is counted in steps on the wall clock of `zone` from its midnight; in an hour that happens twice,
    both instants of one wall time are starts.
    """
    if not windows:
        return []
    stretches = steady_offsets(zone, windows[0].low.date(), windows[-1].high.date())
    return [
        start
        for low, high in windows
        for stretch in stretches
        if low < stretch.end and stretch.start <= high
        for start in _grid(low, high, stretch, step)
    ]


def free_starts(
    free: Iterable[Interval], visit: Visit, *, zone: ZoneInfo, earliest: datetime, latest: datetime
) -> list[datetime]:
    """The starts of one person's visits: `starts_in` the `start_windows` of `free`. ValueError if a bound is naive."""
    windows = start_windows(free, visit, earliest=earliest, latest=latest)
    return starts_in(windows, step=visit.step, zone=zone)


def nearest(starts: Iterable[datetime], wanted: datetime, count: int) -> list[datetime]:
    """The `count` starts closest in time to `wanted`, earlier first on a tie, in chronological order.

    All datetimes aware, else ValueError. The starts come back in UTC.
    """
    wanted = as_utc(wanted)
    return sorted(nsmallest(count, map(as_utc, starts), key=lambda start: (abs(start - wanted), start)))


def _grid(low: datetime, high: datetime, stretch: Stretch, step: timedelta) -> Iterator[datetime]:
    """The instants of one stretch in [low, high] at which the wall clock is a whole number of steps."""
    wall = max(low, stretch.start) + stretch.offset
    midnight = datetime.combine(wall, time.min, wall.tzinfo)
    tick = midnight - (midnight - wall) // step * step  # the first one not before `wall`
    while True:
        if tick >= midnight + DAY:
            # Count afresh each day: a step of 25 minutes does not divide it.
            midnight = tick = midnight + DAY
        start = tick - stretch.offset
        if start > high or start >= stretch.end:
            return
        yield start
        tick += step
