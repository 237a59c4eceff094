"""Time off, typed in the wall-clock time of a location."""

from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.forms.decisions import DecidedForm
from bookings.forms.wall_clock import WallClockField
from bookings.models import TimeOff


class TimeOffForm(DecidedForm):
    """Time off of a practitioner or a room; without times it is whole days."""

    starts_at = WallClockField(label=gettext_lazy("From"))
    ends_at = WallClockField(
        label=gettext_lazy("To"), to_end=True, help_text=gettext_lazy("Leave the times empty for whole days.")
    )

    class Meta:
        model = TimeOff
        fields = ["practitioner", "resource", "location", "starts_at", "ends_at", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            zone = self.instance.location.zone
            for name in ("starts_at", "ends_at"):
                field: Any = self.fields[name]
                self.initial[name] = field.parts(getattr(self.instance, name).astimezone(zone).replace(tzinfo=None))

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        location, room = data.get("location"), data.get("resource")
        for name in ("starts_at", "ends_at"):
            if data.get(name):
                data[name] = data[name].replace(tzinfo=location.zone if location else UTC)
        if location and room and room.location_id != location.pk:
            words = _("%(room)s is in %(place)s: its times are those of that place.")
            self.add_error("location", words % {"room": room, "place": room.location})
        return data

    def reason(self) -> str:
        if self.instance.resource:
            return _("%(room)s is out of use.") % {"room": self.instance.resource}
        return _("%(who)s is away.") % {"who": self.instance.practitioner}
