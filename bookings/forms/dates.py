"""A date typed in three parts, which nobody has to guess the format of."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.dates import MONTHS
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

PARTS = ("day", "month", "year")
LABELS = {"day": gettext_lazy("Day"), "month": gettext_lazy("Month"), "year": gettext_lazy("Year")}
RANGES = {"day": range(1, 32), "month": range(1, 13), "year": range(1000, 10_000)}
LONGEST = 20


class TypedDateWidget(forms.MultiWidget):
    """Three text fields, `NAME_day`, `NAME_month` and `NAME_year`; takes a date, or the three texts as they were."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, autocomplete: str = "") -> None:
        """`autocomplete`: "bday" for the birth date; without it a browser suggests nothing."""
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(
                {"inputmode": "numeric", "autocomplete": f"{autocomplete}-{part}" if autocomplete else "off"}
            )
            for part in PARTS
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


@dataclass(frozen=True)
class Part:
    """One of the three text fields, as the template shows it."""

    name: str
    id: str
    label: str
    control: SafeString


class TypedDate(BoundField):
    """The field on a form: its three parts, and which of them an error is about."""

    @property
    def wrong(self) -> list[str]:
        """The parts that the errors name; all of them, where an error is about the whole date."""
        named = {part for error in self.errors.as_data() for part in (error.params or {}).get("wrong", PARTS)}
        return [part for part in PARTS if part in named]

    @property
    def first_control(self) -> str:
        """Where the link of the error leads: the first wrong part."""
        return f"{self.auto_id}_{PARTS.index((self.wrong or PARTS)[0])}"

    @property
    def parts(self) -> list[Part]:
        widget: Any = self.field.widget
        values = self.value()
        texts = values if isinstance(values, list | tuple) else widget.decompress(values)
        shown = []
        for place, part in enumerate(PARTS):
            attrs = {"id": f"{self.auto_id}_{place}", **({"aria-invalid": "true"} if part in self.wrong else {})}
            control = widget.widgets[place].render(f"{self.html_name}_{part}", texts[place], attrs)
            shown.append(Part(part, attrs["id"], str(LABELS[part]), control))
        return shown


class TypedDateField(forms.Field):
    """A date in digits of any script; `earliest` and `latest` bound it, also if they are set on a form's field.

    The messages are whole sentences about it: `required`, `earliest`, `latest`.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": gettext_lazy("Enter a date"),
        "earliest": gettext_lazy("Enter a later date"),
        "latest": gettext_lazy("Enter an earlier date"),
    }

    def __init__(
        self, *, autocomplete: str = "", earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(widget=TypedDateWidget(autocomplete=autocomplete), **kwargs)
        self.earliest, self.latest = earliest, latest

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        return TypedDate(form, self, field_name)

    def clean(self, value: Sequence[str | None] | None) -> date | None:
        """The date; None where nothing was typed and nothing has to be. Raises ValidationError naming the parts."""
        texts = dict(zip(PARTS, (visible(text or "") for text in value or [""] * 3), strict=True))
        if not any(texts.values()):
            if self.required:
                raise self.wrong(self.error_messages["required"], PARTS)
            return None
        if missing := [part for part in PARTS if not texts[part]]:
            raise self.wrong(missing_message(missing), missing)
        numbers = {part: int(text) if text.isdecimal() else -1 for part, text in texts.items()}
        if strange := [part for part in PARTS if numbers[part] not in RANGES[part]]:
            raise self.wrong(strange_message(strange[0]), strange)
        try:
            found = date(numbers["year"], numbers["month"], numbers["day"])
        except ValueError:
            raise self.wrong(too_long_message(numbers["month"], numbers["year"]), ["day"]) from None
        if self.earliest and found < self.earliest:
            raise self.wrong(self.error_messages["earliest"], PARTS)
        if self.latest and found > self.latest:
            raise self.wrong(self.error_messages["latest"], PARTS)
        return found

    def wrong(self, message: Any, parts: Sequence[str]) -> forms.ValidationError:
        return forms.ValidationError(message, code="invalid", params={"wrong": list(parts)})


def visible(text: str) -> str:
    """What can be seen of a text: without spaces around it, and without the direction marks that come with a copy."""
    return "".join(char for char in text[:LONGEST] if char.isprintable()).strip()


def missing_message(missing: Sequence[str]) -> str:
    messages: dict[tuple[str, ...], str] = {
        ("day",): _("Enter the day as well"),
        ("month",): _("Enter the month as well"),
        ("year",): _("Enter the year as well"),
        ("day", "month"): _("Enter the day and the month as well"),
        ("day", "year"): _("Enter the day and the year as well"),
        ("month", "year"): _("Enter the month and the year as well"),
    }
    return messages[tuple(missing)]


def strange_message(part: str) -> str:
    return {
        "day": _("Enter the day as a number from 1 to 31"),
        "month": _("Enter the month as a number from 1 to 12"),
        "year": _("Enter the year with all four digits"),
    }[part]


def too_long_message(month: int, year: int) -> str:
    """Why a day from 29 to 31 does not exist."""
    days = monthrange(year, month)[1]
    text = ngettext("%(month)s %(year)d has only %(days)d day", "%(month)s %(year)d has only %(days)d days", days)
    return text % {"month": MONTHS[month], "year": year, "days": days}
