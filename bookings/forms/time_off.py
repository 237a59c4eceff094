"""Time off, typed in the wall-clock time of a location."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.actions.overlaps import lock
from bookings.availability.intervals import Interval
from bookings.enums import State
from bookings.models import Appointment, Claim, TimeOff
from clinic.models import Location


class TimeOffForm(forms.ModelForm):
    """Refused over appointments: staff first move or cancel each of them, so that nobody is forgotten."""

    class Meta:
        model = TimeOff
        fields = ["practitioner", "location", "starts_at", "ends_at", "note"]
        field_classes = {"starts_at": forms.SplitDateTimeField, "ends_at": forms.SplitDateTimeField}
        widgets = {"starts_at": AdminSplitDateTime, "ends_at": AdminSplitDateTime}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            zone = self.instance.location.zone
            for name in ("starts_at", "ends_at"):
                self.initial[name] = getattr(self.instance, name).astimezone(zone).replace(tzinfo=None)

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        location, practitioner = data.get("location"), data.get("practitioner")
        for name in ("starts_at", "ends_at"):
            if location and data.get(name):
                data[name] = at_location(data[name], location)
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if practitioner and starts_at and ends_at and starts_at < ends_at:
            lock([practitioner])
            hit = appointments_in(practitioner.pk, Interval(starts_at, ends_at), now=timezone.now())
            if hit:
                raise forms.ValidationError(reasons(hit))
        return data


def reasons(hit: list[Appointment]) -> list[str]:
    """Why the time off is refused, a line for each appointment; a patient who is just booking is gone in minutes."""
    lines = []
    for one in hit:
        when = f"{one.local_start:%d.%m.%Y %H:%M}"
        if one.state == State.HELD:
            lines.append(_("Someone is booking %(when)s at this moment. Try again in some minutes.") % {"when": when})
        else:
            values = {"reference": one.reference, "when": when}
            lines.append(_("Decline or cancel %(reference)s on %(when)s first, or choose another time.") % values)
    return [str(line) for line in lines]


def at_location(typed: datetime, location: Location) -> datetime:
    """What was typed, whatever zone the form gave it, as the wall-clock time of `location`."""
    naive = timezone.make_naive(typed) if timezone.is_aware(typed) else typed
    return naive.replace(tzinfo=location.zone)


def appointments_in(practitioner: int, span: Interval, *, now: datetime) -> list[Appointment]:
    """The appointments whose claims on a practitioner touch `span`; holds that ran out are none."""
    claims = Claim.objects.filter(practitioner=practitioner, starts_at__lt=span.end, ends_at__gt=span.start)
    return list(
        Appointment.objects.filter(claims__in=claims.exclude(appointment__held_until__lte=now))
        .select_related("location")
        .order_by("starts_at")
        .distinct()
    )
