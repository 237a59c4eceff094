"""The public holidays that a location has before it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bookings.models import Closure
from bookings.queries.absences import hit_by
from clinic.holidays import public_holidays
from clinic.models import Location

AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class Holiday:
    """One public holiday at a location: whether it is closed then already, and how many appointments it would hit."""

    closure: Closure
    is_closed: bool
    hits: int

    @property
    def day(self) -> date:
        return self.closure.first_day


def coming_holidays(location: Location, *, now: datetime, language: str) -> list[Holiday]:
    """Those of the next twelve months, by the location's calendar, named in `language` where it is known."""
    first = now.astimezone(location.zone).date()
    last = first + AHEAD
    found = public_holidays(location.country, location.region, first=first, last=last, language=language)
    whole_days = Closure.objects.filter(location=location, starts=None, first_day__lte=last, last_day__gte=first)
    closed = list(whole_days)
    return [
        Holiday(
            closure,
            is_closed=any(one.first_day <= closure.first_day <= one.last_day for one in closed),
            hits=len(hit_by(closure, now=now)),
        )
        for closure in (Closure(location=location, first_day=day, last_day=day, name=name) for day, name in found)
    ]
