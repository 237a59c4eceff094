"""The hours of the night in which nobody is written to, unless it is about today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bookings.availability.hours import local_day, working_intervals
from bookings.availability.intervals import Interval, as_utc
from bookings.availability.offsets import DAY
from bookings.availability.weekly import MIDNIGHT, WeeklyHours

MINUTE = timedelta(minutes=1)
# So that every day has some, also one that a clock change makes shorter.
LEAST_WAKING = timedelta(hours=3)
# Whoever must know of a change before a visit needs so long to act on it.
NOTICE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `starts` up to, not including, `ends` on the location's wall clock; none if they are equal.

    ValueError for times with a zone, or if a day has less than three other hours.
    """

    starts: time = time(21)
    ends: time = time(8)

    def __post_init__(self) -> None:
        if self.starts.tzinfo or self.ends.tzinfo:
            raise ValueError("quiet hours are wall-clock times: leave the zone to the caller")
        waking = datetime.combine(date.min, self.starts) - datetime.combine(date.min, self.ends)
        if self.starts != self.ends and waking % DAY < LEAST_WAKING:
            raise ValueError(f"quiet hours leave too little of the day: {self.starts} … {self.ends}")

    def hold(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Whether it is quiet at `moment` (aware) in `zone`."""
        clock = as_utc(moment).astimezone(zone).time()
        if self.starts <= self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends

    def before(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """`moment` in UTC; if it is quiet then, the last minute before that night's quiet hours."""
        moment = as_utc(moment)
        if not self.hold(moment, zone):
            return moment
        return max(span.end for span in self._waking(moment, zone) if span.end <= moment) - MINUTE

    def after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """`moment` in UTC; if it is quiet then, the instant at which the quiet hours are over."""
        moment = as_utc(moment)
        if not self.hold(moment, zone):
            return moment
        return min(span.start for span in self._waking(moment, zone) if span.start > moment)

    def first_chance(self, moment: datetime, zone: ZoneInfo, *, about: date | None, until: datetime) -> datetime | None:
        """The first instant in UTC from `moment` to `until` at which a message may go; None if there is none.

        On the local day it is `about` any hour will do: where the morning is too late, that day's first.
        """
        moment = as_utc(moment)
        today = moment.astimezone(zone).date()
        if about != today:
            moment = self.after(moment, zone)
            if moment > until and about and about > today:
                moment = local_day(about, zone).start
        return moment if moment <= until else None

    def in_time(self, moment: datetime, zone: ZoneInfo, *, start: datetime) -> datetime:
        """When news about a visit at `start` goes out, in UTC: from `moment`, outside of the quiet hours.

        Where the morning would be too late, on its day, two hours before it.
        """
        moment, day = as_utc(moment), as_utc(start).astimezone(zone).date()
        later = self.after(moment, zone)
        if later == moment or moment.astimezone(zone).date() == day:
            return moment
        if as_utc(start) <= moment or later <= as_utc(start) - NOTICE:
            return later
        return max(moment, local_day(day, zone).start, as_utc(start) - NOTICE)

    def _waking(self, moment: datetime, zone: ZoneInfo) -> list[Interval]:
        """What is not quiet around `moment`, some days either way, in order."""
        spans = [(self.ends, self.starts)]
        if MIDNIGHT < self.starts < self.ends:
            spans = [(MIDNIGHT, self.starts), (self.ends, MIDNIGHT)]
        hours = [WeeklyHours(weekday, starts, ends) for weekday in range(7) for starts, ends in spans]
        day = moment.astimezone(zone).date()
        return working_intervals(hours, first=day - 2 * DAY, last=day + 2 * DAY, zone=zone)
