"""When and with whom: what staff look for in the diary."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.availability.calendar import YEARS
from bookings.enums import Kind
from bookings.models import AppointmentType
from bookings.queries.wish import Wish, practitioners_for, wish_for
from clinic.models import Location, Practitioner
from treatments.models import Treatment


class DayField(forms.DateField):
    """A day chosen from the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and day.year not in YEARS:
            raise forms.ValidationError(_("Choose another day."))
        return day


class WhenForm(forms.Form):
    """From which day on, and with whom."""

    day = DayField(label=gettext_lazy("From"), required=False)
    practitioner: forms.ModelChoiceField = forms.ModelChoiceField(
        Practitioner.objects.none(), label=gettext_lazy("With"), required=False, empty_label=gettext_lazy("Anyone")
    )

    def __init__(self, *args: Any, people: Sequence[Practitioner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [person.pk for person in people]
        self.fields["practitioner"].queryset = Practitioner.objects.filter(pk__in=keys)  # type: ignore[attr-defined]


class WhatForm(forms.Form):
    """What is booked by phone, where, from which day on, and with whom."""

    treatment: forms.ModelChoiceField = forms.ModelChoiceField(Treatment.objects.all(), label=gettext_lazy("Treatment"))
    type: forms.ModelChoiceField = forms.ModelChoiceField(
        AppointmentType.objects.filter(is_active=True), label=gettext_lazy("Consultation or session")
    )
    location: forms.ModelChoiceField = forms.ModelChoiceField(Location.objects.all(), label=gettext_lazy("Location"))
    practitioner: forms.ModelChoiceField = forms.ModelChoiceField(
        Practitioner.objects.filter(is_active=True),
        label=gettext_lazy("With"),
        required=False,
        empty_label=gettext_lazy("Anyone"),
    )
    day = DayField(label=gettext_lazy("From"), required=False)

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        treatment, type, location = (chosen.get(name) for name in ("treatment", "type", "location"))
        if not (treatment and type and location):
            return chosen
        if type.treatments.exists() and not type.treatments.filter(pk=treatment.pk).exists():
            self.add_error("type", _("This is not offered for the treatment."))
        if treatment.is_overview and type.kind == Kind.SESSION:
            self.add_error("treatment", _("Choose one of the treatments below it for a session."))
        people = practitioners_for(type, location)
        person = chosen.get("practitioner")
        if not people:
            self.add_error("location", _("Nobody does this here."))
        elif person and person not in people:
            self.add_error("practitioner", _("They do not do this here."))
        return chosen

    @property
    def wish(self) -> Wish:
        """What a valid form looks for, as staff book: without notice and horizon."""
        chosen = self.cleaned_data
        people = [chosen["practitioner"]] if chosen["practitioner"] else None
        return wish_for(chosen["type"], chosen["location"], people=people, by_staff=True)
