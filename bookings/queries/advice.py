"""The advice of a visit as the lines of a message, with the real days and hours."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bookings import care
from bookings.moments import moment_at
from clinic.models import Location
from clinic.texts import text_of
from treatments.enums import SeekHelp
from treatments.page import Page
from treatments.presentation import where


def before_visit(rows: Iterable[care.Advice], location: Location, *, now: datetime) -> str:
    """What to do before a visit, and from which day on."""
    return with_medicines([line(row, since(row, location, now=now)) for row in rows])


def since(row: care.Advice, location: Location, *, now: datetime) -> str:
    """From when it holds; empty for what holds at all times."""
    if row.starts is None or row.until is None:
        return ""
    if row.starts.date() == row.until.date():
        return _("On the day")
    if row.starts <= now:
        return _("From now on")
    return _("From %(day)s") % {"day": date_format(row.starts.astimezone(location.zone), "l j F")}


def after_visit(rows: Iterable[care.Advice], location: Location, *, now: datetime) -> str:
    """What to do after a visit, and until when; what is over by `now` is left out."""
    open_rows = [row for row in rows if row.until is None or row.until > now]
    lines = [line(row, until(row, location), row.words) for row in open_rows]
    if any(row.until for row in open_rows):
        lines += ["", _("All times are %(city)s time.") % {"city": text_of(location, "city")}]
    return with_medicines(lines)


def until(row: care.Advice, location: Location) -> str:
    return _("Until %(time)s") % {"time": moment_at(row.until, location)} if row.until else ""


def line(row: care.Advice, time: str, words: str = "") -> str:
    """“- Until Tuesday 8 December, 14:30: Keep the area clean and dry. Why.”"""
    text = f"{row.text.rstrip('.')}, {words}" if words else row.text
    said = f"{time}: {text}" if time else text
    return f"- {said.rstrip('.')}. {row.reason}".rstrip()


def with_medicines(lines: list[str]) -> str:
    """Whatever a page advises about tablets, nobody shall read it as being about prescribed ones."""
    if not lines:
        return ""
    keep = _(
        "Keep taking every medicine that was prescribed for you. If you wonder about one, ask whoever prescribed it."
    )
    return "\n".join([*lines, "", keep])


def signs(page: Page | None, help_at: SeekHelp) -> str:
    """The signs to call about, one a line."""
    rows = where(page["complications"], "seek_help", help_at) if page else []
    lines = [row["warning_sign"] for row in rows if row["warning_sign"]]
    other = _("Anything else that worries you") if help_at == SeekHelp.CLINIC else _("Any other emergency")
    return "\n".join(f"- {text}" for text in [*lines, other])
