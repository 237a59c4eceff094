"""A zone's clock changes written out as a VTIMEZONE."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from bookings.availability.offsets import Stretch, steady_offsets

NOTHING = timedelta(0)


def vtimezone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """Each change of `zone` in the local years of `first`…`last` (aware), and the one before that starts them off.

    Every change is written down, none as a rule: a rule would also speak of years that it was not taken from.
    """
    component = Timezone()
    component.add("TZID", zone.key)
    for before, stretch in _changes(zone, first.astimezone(zone).year, last.astimezone(zone).year):
        local = stretch.start.astimezone(zone)
        # Where winter is the exception (Morocco in Ramadan) both are standard time.
        part = TimezoneDaylight() if (local.dst() or NOTHING) > NOTHING else TimezoneStandard()
        # As a clock showed it that nobody had changed yet: in spring 02:00, not 03:00.
        part.add("DTSTART", (stretch.start + before).replace(tzinfo=None))
        part.add("TZOFFSETFROM", before)
        part.add("TZOFFSETTO", stretch.offset)
        part.add("TZNAME", local.tzname())
        component.add_component(part)
    return component


def _changes(zone: ZoneInfo, first: int, last: int) -> list[tuple[timedelta, Stretch]]:
    """Stretches of one offset that hold the years, in order, each with the offset before it."""
    #   the year before │ first … last
    #   ├────┤├──────┤├─┼──┤├─────┤├──
    #                 ▲ the first that counts: what came before it is over when `first` begins anywhere
    begins = datetime(first, 1, 1, tzinfo=UTC) - timedelta(days=1)
    stretches = steady_offsets(zone, date(first - 1, 1, 1), date(last, 12, 31))
    found: list[tuple[timedelta, Stretch]] = []
    before = stretches[0].offset
    for stretch in stretches:
        if stretch.offset != before or not found:
            found = [*(found if stretch.start > begins else []), (before, stretch)]
            before = stretch.offset
    return found
