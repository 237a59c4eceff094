"""How days, times and addresses of the calendar are written."""

from datetime import UTC, date, datetime
from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext as _

from bookings.queries.month import Cell, Day
from clinic.models import Location, Practitioner

register = template.Library()


@register.filter
def instant(start: datetime) -> str:
    """An aware time as the calendar's buttons send it: 20261203T0930Z."""
    return start.astimezone(UTC).strftime("%Y%m%dT%H%MZ")


@register.filter
def day_word(cell: Cell) -> str:
    """Why a day has nothing to choose, in a word."""
    return {
        Day.FULL: _("full"),
        Day.CLOSED: _("closed"),
        Day.TOO_EARLY: _("too early"),
        Day.TOO_FAR: _("too far"),
    }[cell.status]


@register.filter
def part_name(part: str) -> str:
    return {"morning": _("Morning"), "afternoon": _("Afternoon"), "evening": _("Evening")}[part]


@register.simple_tag(takes_context=True)
def day_url(context: template.Context, day: date | None, chosen: Practitioner | None) -> str:
    """The calendar on a day (None: the next free one), with one practitioner or with anyone who fits the filters."""
    return address(context, day=day.isoformat() if day else "", chosen=chosen)


@register.simple_tag(takes_context=True)
def month_url(context: template.Context, month: date, chosen: Practitioner | None) -> str:
    return address(context, month=f"{month:%Y-%m}", chosen=chosen)


@register.simple_tag(takes_context=True)
def calendar_url(context: template.Context) -> str:
    """Where the calendar's forms send a time: its own address with every filter, so that they still hold."""
    return address(context, chosen=context["chosen"])


def address(context: template.Context, *, chosen: Practitioner | None, day: str = "", month: str = "") -> str:
    filters = context["filters"]
    values = {
        "day": day,
        "month": month,
        "with": chosen.slug if chosen else "",
        "speaks": filters.speaks,
        "gender": filters.gender,
    }
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{context['here']}?{query}" if query else context["here"]


@register.filter
def is_weekend(day: date, location: Location) -> bool:
    return day.weekday() in location.weekend
