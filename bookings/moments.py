"""How a moment is written: on the clock of its location, with the zone named. Pages and messages share these words."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic.models import Location
from clinic.texts import text_of


def day_at(moment: datetime, location: Location) -> str:
    """“Tuesday 8 December 2026”."""
    return date_format(moment.astimezone(location.zone), "l j F Y")


def hours_at(start: datetime, end: datetime, location: Location) -> str:
    """“10:00–10:30”."""
    return f"{clock_at(start, location)}–{clock_at(end, location)}"


def clock_at(moment: datetime, location: Location) -> str:
    """“10:00”; with the zone's short name in an hour that a clock change lets happen twice."""
    local = moment.astimezone(location.zone)
    twice = local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()
    return date_format(local, "H:i") + (f" {local.tzname()}" if twice else "")


def zone_at(moment: datetime, location: Location) -> str:
    """“Berlin time (CET)”."""
    values = {"city": text_of(location, "city"), "zone": moment.astimezone(location.zone).tzname()}
    return _("%(city)s time (%(zone)s)") % values


def moment_at(moment: datetime, location: Location) -> str:
    """“Tuesday 8 December, 10:00”, where the zone stands beside it."""
    return f"{date_format(moment.astimezone(location.zone), 'l j F')}, {clock_at(moment, location)}"


def when(start: datetime, location: Location, end: datetime | None = None) -> str:
    """“Tuesday 8 December 2026, 10:00–10:30, Berlin time (CET)”; without an `end` the start alone."""
    hours = hours_at(start, end, location) if end else clock_at(start, location)
    return f"{day_at(start, location)}, {hours}, {zone_at(start, location)}"


def when_short(start: datetime, location: Location) -> str:
    """“Tue 8 Dec, 10:00 Berlin time”: for a subject or a text message."""
    day = date_format(start.astimezone(location.zone), "D j M")
    values = {"time": f"{day}, {clock_at(start, location)}", "city": text_of(location, "city")}
    return _("%(time)s %(city)s time") % values
