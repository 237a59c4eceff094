"""A time chosen from the calendar."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.availability.calendar import YEARS
from clinic.models import Practitioner


class StartField(forms.CharField):
    """An instant as the calendar writes it, `20261203T0930Z`, as an aware UTC datetime."""

    def to_python(self, value: object) -> datetime | None:  # type: ignore[override]
        try:
            start = datetime.strptime(str(value), "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
        except ValueError:
            start = None
        if start is None or start.year not in YEARS:
            raise forms.ValidationError(_("Choose one of the times below"))
        return start


class TimeForm(forms.Form):
    """The start, and the practitioner if the visitor chose one."""

    start = StartField()
    practitioner: forms.ModelChoiceField = forms.ModelChoiceField(
        Practitioner.objects.none(),
        to_field_name="slug",
        required=False,
        error_messages={"invalid_choice": _("Choose someone from the list")},
    )

    def __init__(self, *args: object, practitioners: Sequence[Practitioner], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        keys = [practitioner.pk for practitioner in practitioners]
        self.fields["practitioner"].queryset = Practitioner.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
