"""For whom staff book: someone the clinic knows, or someone new."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.actions.booking import Contact
from bookings.actions.phone import Place
from bookings.enums import Need
from bookings.forms.contact import ReachedByStaff, channel_choices
from bookings.forms.lines import LineEmailField, LineField, LocalPhoneField
from bookings.models import Patient
from bookings.queries.courses import Progress

OLDEST = 130


class BirthDateField(forms.DateField):
    """A day of birth: before `today`, and of a person who can still be alive."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    today: date | None = None

    def clean(self, value: Any) -> date | None:
        born = super().clean(value)
        if born and self.today and not self.today.year - OLDEST <= born.year <= self.today.year - (born > self.today):
            raise forms.ValidationError(_("Check the year."))
        return born


class ByPhoneForm(forms.Form):
    """What both have: needs, which session of a course it is, and whether it is confirmed at once."""

    birth_date = BirthDateField(label=gettext_lazy("Date of birth"))
    session = forms.ChoiceField(label=gettext_lazy("Session of a course"), required=False)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Needs"), choices=Need.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    confirm = forms.BooleanField(label=gettext_lazy("Confirm at once"), required=False)

    def __init__(self, *args: Any, today: date, courses: Iterable[Progress] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].today = today  # type: ignore[attr-defined]
        self.places = {
            f"{found.course.pk}-{number}": Place(found.course, number) for found in courses for number in found.missing
        }
        choices = [
            (
                key,
                _("%(number)s of %(all)s: %(phase)s, planned on %(day)s")
                % {
                    "number": place.number,
                    "all": place.course.sessions,
                    "phase": place.course.phase,
                    "day": f"{place.course.created_at:%Y-%m-%d}",
                },
            )
            for key, place in self.places.items()
        ]
        self.fields["session"].choices = [("", _("None: a visit of its own")), *choices]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["session"]

    @property
    def patient(self) -> Patient | Contact:
        """For whom a valid form books."""
        raise NotImplementedError

    @property
    def place(self) -> Place | None:
        return self.places.get(self.cleaned_data.get("session", ""))


class KnownPatientForm(ByPhoneForm):
    """Someone whose record was chosen; only a missing date of birth is asked for."""

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = patient
        if patient.birth_date:
            del self.fields["birth_date"]

    @property
    def patient(self) -> Patient:
        self.chosen.birth_date = self.cleaned_data.get("birth_date") or self.chosen.birth_date
        return self.chosen


class NewPatientForm(ReachedByStaff, ByPhoneForm):
    """Someone new. `region` is the country whose phone numbers need no country code."""

    name = LineField(label=gettext_lazy("Full name"), max_length=120)
    phone = LocalPhoneField(
        label=gettext_lazy("Phone number"), widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr"})
    )
    email = LineEmailField(
        label=gettext_lazy("Email address"),
        help_text=gettext_lazy("May be empty if they wish for calls."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
    )
    channel = forms.ChoiceField(label=gettext_lazy("Hears from us by"), choices=channel_choices)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    booked_by = LineField(label=gettext_lazy("Who calls, if it is someone else"), max_length=120, required=False)
    field_order = ("name", "birth_date", "phone", "email", "channel", "language", "booked_by", "needs", "confirm")

    def __init__(self, *args: Any, region: str, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [pair for pair in settings.LANGUAGES if pair[0] in set(languages)]
        self.fields["language"].choices = offered  # type: ignore[attr-defined]
        self.fields["phone"].region = region  # type: ignore[attr-defined]

    @property
    def patient(self) -> Contact:
        typed = self.cleaned_data
        return Contact(
            name=typed["name"],
            email=typed["email"],
            phone=typed["phone"].as_e164,
            language=typed["language"],
            birth_date=typed["birth_date"],
            channel=typed["channel"],
            booked_by=typed["booked_by"],
        )
