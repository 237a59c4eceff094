"""How the values of a treatment's page are said in words."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import format_currency
from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from pictures.models import PictureFieldFile

from treatments.enums import Frequency, Grade, Outcome, Unit
from treatments.models import Picture

register = template.Library()

GRADE_LEVEL = {Grade.NONE: 0, Grade.WEAK: 1, Grade.SOME: 2, Grade.GOOD: 3}


def money(amount: str, currency: str) -> str:
    """An amount in its currency as the page's language writes it; whole amounts without cents."""
    value, locale = Decimal(amount), Locale.parse(get_language() or "en")
    pattern = locale.currency_formats["standard"].pattern
    if is_whole := not value % 1:
        pattern = pattern.replace(".00", "")
    written = format_currency(value, currency, format=pattern, locale=locale, currency_digits=not is_whole)
    # “AED 350”: a code in letters stands apart from its number.
    return re.sub(r"([A-Z])(?=\d)", "\\1\N{NO-BREAK SPACE}", written)


@register.filter
def price(row: dict[str, Any]) -> str:
    """A price row in words: “€50 to €450”, “€40”, or “Price on request”."""
    low, high = row["amount_from"], row["amount_to"]
    if low is None:
        return _("Price on request")
    if Decimal(low) == Decimal(high):
        return money(low, row["currency"])
    return _("%(low)s to %(high)s") % {
        "low": money(low, row["currency"]),
        "high": money(high, row["currency"]),
    }


def count_range(low: int | None, high: int | None) -> str:
    """A range either end of which may be open, without its noun."""
    if low and high:
        return str(low) if low == high else f"{low}–{high}"
    if low:
        return _("at least %(low)s") % {"low": low}
    return _("up to %(high)s") % {"high": high} if high else ""


def amount(low: int | None, high: int | None, unit: str) -> str:
    """A length of time such as “7–10 days” or “1 month”; empty where both ends are open."""
    if not (text := count_range(low, high)):
        return ""
    number = high or low or 0
    nouns = {
        Unit.DAY: ngettext("day", "days", number),
        Unit.WEEK: ngettext("week", "weeks", number),
        Unit.MONTH: ngettext("month", "months", number),
    }
    return f"{text} {nouns[Unit(unit)]}"


@register.filter
def session_count(phase: dict[str, Any]) -> str:
    """How many sessions a phase has: “4–6 sessions”, or that the number is open."""
    low, high = phase["sessions_from"], phase["sessions_to"]
    if not (text := count_range(low, high)):
        return _("As many as you and the clinician agree")
    return ngettext("%(count)s session", "%(count)s sessions", high or low) % {"count": text}


@register.filter
def session_gap(phase: dict[str, Any]) -> str:
    """The gap between the sessions of a phase: “7–10 days apart”."""
    gap = amount(phase["gap_from"], phase["gap_to"], phase["gap_unit"])
    return _("%(gap)s apart") % {"gap": gap} if gap else ""


@register.filter
def waiting_time(row: dict[str, Any]) -> str:
    """How long a contraindication asks to wait: “14 days after it has healed”."""
    length = amount(row["wait"], row["wait"], row["wait_unit"])
    return f"{length} {row['wait_since']}".strip()


@register.filter
def how_long(row: dict[str, Any]) -> str:
    """For how long an aftercare row holds: “for 24 hours”, or its own words."""
    if hours := row["hours"]:
        return ngettext("for %(hours)s hour", "for %(hours)s hours", hours) % {"hours": hours}
    return row["until"]


@register.filter
def when_before(row: dict[str, Any]) -> str:
    """When a preparation row begins: “from 7 days before”, “on the day”; empty where it holds at all times."""
    if row["days_before"] is None:
        return ""
    if number := row["days_before"]:
        return ngettext("from %(days)s day before", "from %(days)s days before", number) % {"days": number}
    return _("on the day")


@register.filter
def grade_name(grade: str) -> str:
    return str(Grade(grade).label)


@register.filter
def grade_meaning(grade: str) -> str:
    """What an evidence grade means, in one sentence."""
    return {
        Grade.GOOD: _("Good studies agree that it works."),
        Grade.SOME: _("Small studies point the same way."),
        Grade.WEAK: _("Studies are few, small or disagree."),
        Grade.NONE: _("We found no good study that shows it."),
    }[Grade(grade)]


@register.filter
def grade_level(grade: str) -> int:
    """0 (none) to 3 (good)."""
    return GRADE_LEVEL[Grade(grade)]


@register.filter
def frequency_name(frequency: str) -> str:
    return str(Frequency(frequency).label)


@register.filter
def cite(numbers: list[int]) -> SafeString | str:
    """Links to the numbered references, for a screen reader “Reference 3”."""
    if not numbers:
        return ""
    links = format_html_join(
        " ",
        '<a href="#ref-{}"><span class="visually-hidden">{} </span>{}</a>',
        ((number, _("Reference"), number) for number in numbers),
    )
    return format_html('<sup class="cite">{}</sup>', links)


@register.filter
def as_of_date(row: dict[str, Any]) -> date:
    """The day a price was set."""
    return date.fromisoformat(row["as_of"])


@register.simple_tag
def stored_picture(row: dict[str, Any]) -> PictureFieldFile:
    """The picture of a page's row, whose file stays for as long as an edition shows it."""
    field = Picture._meta.get_field("image")
    return PictureFieldFile(Picture(width=row["width"], height=row["height"]), field, row["image"])


@register.filter
def full_stop(text: str) -> str:
    """The text with one mark at its end."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


@register.filter
def outcome_name(outcome: str) -> str:
    return str(Outcome(outcome).label)
