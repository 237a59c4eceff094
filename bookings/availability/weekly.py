"""Hours that come back every week, or every second, third or fourth one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

MIDNIGHT = time(0)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Wall-clock hours [starts, ends) on one weekday: 0 Monday … 6 Sunday, as `date.weekday()` counts.

    `ends` 00:00 is the midnight that closes the day; both validity dates are inclusive, None is unlimited.
    `every` 2…4 works each second … fourth calendar week from the one that holds `valid_from`, which it needs.
    ValueError for hours or a validity that end before they start, another weekday, or times with a zone.
    """

    weekday: int
    starts: time
    ends: time
    valid_from: date | None = None
    valid_to: date | None = None
    every: int = 1
    week_starts_on: int = 0

    def __post_init__(self) -> None:
        for weekday in (self.weekday, self.week_starts_on):
            if not 0 <= weekday <= 6:
                raise ValueError(f"weekday must be 0 (Monday) … 6 (Sunday), not {weekday}")
        if self.starts.tzinfo or self.ends.tzinfo:
            raise ValueError("weekly hours are wall-clock times: leave the zone to the caller")
        if self.ends <= self.starts and self.ends != MIDNIGHT:
            raise ValueError(f"hours must end after they start: {self.starts} … {self.ends}")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"validity must not end before it starts: {self.valid_from} … {self.valid_to}")
        if not 1 <= self.every <= 4:
            raise ValueError(f"hours must come every week to every fourth week, not every {self.every}")
        if self.every > 1 and self.valid_from is None:
            raise ValueError("hours that skip weeks must say from which week: valid_from")

    def days(self, first: date, last: date) -> Iterator[date]:
        """The dates in `first`…`last`, inclusive, on which these hours apply, in order."""
        first = max(first, self.valid_from or first)
        last = min(last, self.valid_to or last)
        if first <= last:
            day = first + timedelta(days=(self.weekday - first.weekday()) % 7)
            day += WEEK * self._weeks_to_wait(day)
            while day <= last:
                yield day
                day += WEEK * self.every

    def _weeks_to_wait(self, day: date) -> int:
        """How many weeks after that of `day` the next one worked comes."""
        if self.every == 1 or self.valid_from is None:
            return 0
        # Whole calendar weeks are counted, so that Monday and Friday hours valid from a Wednesday share their weeks.
        first_week = self.valid_from - timedelta(days=(self.valid_from.weekday() - self.week_starts_on) % 7)
        return -((day - first_week).days // 7) % self.every
