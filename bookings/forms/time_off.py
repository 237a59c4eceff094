"""Time off, typed in the wall-clock time of a location."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings.actions.overlaps import lock
from bookings.availability.intervals import Interval
from bookings.models import Appointment, Claim, TimeOff
from clinic.models import Location


class TimeOffForm(forms.ModelForm):
    """Refused over appointments: staff first move or cancel each of them, so that nobody is forgotten."""

    location: forms.ModelChoiceField = forms.ModelChoiceField(
        Location.objects.all(),
        label=_("Times are those of"),
        help_text=_("The clock on the wall of this location."),
    )

    class Meta:
        model = TimeOff
        fields = ["practitioner", "location", "starts_at", "ends_at", "note"]
        field_classes = {"starts_at": forms.SplitDateTimeField, "ends_at": forms.SplitDateTimeField}
        widgets = {"starts_at": AdminSplitDateTime, "ends_at": AdminSplitDateTime}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and (hours := self.instance.practitioner.working_hours.select_related("location").first()):
            self.initial["location"] = hours.location.pk
            for name in ("starts_at", "ends_at"):
                self.initial[name] = getattr(self.instance, name).astimezone(hours.location.zone).replace(tzinfo=None)

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
                named = ", ".join(f"{one.reference} ({one.local_start:%d.%m.%Y %H:%M})" for one in hit)
                raise forms.ValidationError(
                    _("There are appointments in this time. Move or cancel them first: %(list)s"),
                    params={"list": named},
                )
        return data


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
