"""Days on which a location is closed."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.forms.decisions import DecidedForm
from bookings.forms.wall_clock import DayField, TimeInput
from bookings.models import Closure


class ClosureForm(DecidedForm):
    """A closure; without a last day it is one day."""

    first_day = DayField(label=gettext_lazy("First day"))
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: the first day only.")
    )

    class Meta:
        model = Closure
        fields = ["location", "name", "first_day", "last_day", "starts", "ends"]
        widgets = {"starts": TimeInput, "ends": TimeInput}

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        if "last_day" in data:
            data["last_day"] = data["last_day"] or data.get("first_day")
        return data

    def reason(self) -> str:
        return _("%(place)s is closed: %(name)s.") % {"place": self.instance.location, "name": self.instance.name}
