"""Days and times as they are typed by staff: on the clock of a location, whichever that is."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bookings.availability.calendar import YEARS


class DayInput(forms.DateInput):
    """The browser's own control: it needs no script, and knows the keyboard."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DayField(forms.DateField):
    """A day of a year in which a clinic can have times."""

    widget = DayInput

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and day.year not in YEARS:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class WallClockInput(forms.SplitDateTimeWidget):
    """Two controls, each with a name of its own for those who cannot see that they stand side by side."""

    def __init__(self, label: Any) -> None:
        parts = (DayInput, _("day")), (TimeInput, _("time"))
        named = [control({"aria-label": format_lazy("{}: {}", label, part)}) for control, part in parts]
        forms.MultiWidget.__init__(self, named)


class WallClockField(forms.SplitDateTimeField):
    """A day and a time as a naive datetime; without a time it is the start of the day, or with `to_end` its end."""

    def __init__(self, *, label: Any, to_end: bool = False, **options: Any) -> None:
        self.to_end = to_end
        super().__init__(label=label, widget=WallClockInput(label), require_all_fields=False, **options)
        self.fields = (DayField(error_messages=self.fields[0].error_messages), self.fields[1])
        self.fields[1].required = False

    def compress(self, data_list: Any) -> datetime | None:
        if not data_list:
            return None
        day, at = data_list
        moment = datetime.combine(day, at or time.min)
        return moment if at or not self.to_end else moment + timedelta(days=1)

    def parts(self, moment: datetime) -> list[date | time | None]:
        """What was typed for a moment on the wall clock."""
        if moment.time() != time.min:
            return [moment.date(), moment.time()]
        return [moment.date() - timedelta(days=1) if self.to_end else moment.date(), None]
