"""Who comes, who asks for it, and how to reach them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.conf import settings
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bookings.actions.booking import Contact
from bookings.enums import Need
from bookings.forms.contact import channel_choices
from bookings.forms.dates import PARTS, TypedDateField
from bookings.forms.lines import LineEmailField, LineField, LocalPhoneField
from bookings.forms.trap import TrapField

# Longer than any answer that is taken, and as much of one as the session keeps.
LONGEST = 500
TEXTS = ("whose", "booked_by", "name", "phone", "email", "channel", "language")
DATE_PARTS = tuple(f"birth_date_{part}" for part in PARTS)


class Whose(TextChoices):
    """For whom someone books."""

    ME = "me", _("For me")
    OTHER = "other", _("For someone else")


def typed_in(sent: QueryDict) -> dict[str, Any]:
    """What was typed into the form, as it was typed, for the session to keep and for `DetailsForm` to read."""
    texts = {name: sent.get(name, "")[:LONGEST] for name in (*TEXTS, *DATE_PARTS)}
    return {**texts, "needs": [need for need in Need.values if need in sent.getlist("needs")]}


def as_initial(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What `typed_in` kept, as the first values of a form that shows no errors."""
    return {**typed, "birth_date": [typed.get(part, "") for part in DATE_PARTS]} if typed else {}


class DetailsForm(forms.Form):
    """Who comes and how to reach them.

    `region` is the location's country, whose numbers need no country code; `languages` are the clinic's codes;
    `today` is the location's date.
    """

    whose = forms.ChoiceField(
        label=_("Who is the appointment for?"),
        choices=Whose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who the appointment is for"), "invalid_choice": _("Choose one of these")},
    )
    booked_by = LineField(
        label=_("Your own name"),
        asked_only=_("only if you book for someone else"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _("Enter a name of at most 120 characters")},
    )
    name = LineField(
        label=_("Full name"),
        help_text=_("Of the person who comes."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Enter the name of the person who comes"),
            "max_length": _("Enter a name of at most 120 characters"),
        },
    )
    birth_date = TypedDateField(
        label=_("Date of birth"),
        help_text=_("Of the person who comes, for example 31\u00a03\u00a01980."),
        autocomplete="bday",
        earliest=date(1900, 1, 1),
        error_messages={
            "required": _("Enter the date of birth"),
            "earliest": _("Enter a date of birth in 1900 or later"),
            "latest": _("Enter a date of birth that is not in the future"),
        },
    )
    phone = LocalPhoneField(
        label=_("Phone number"),
        help_text=_("In case something about your appointment changes on the day."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
        error_messages={
            "required": _("Enter your phone number"),
            "invalid": _("Enter a phone number, with the country code if it is from another country"),
        },
    )
    email = LineEmailField(
        label=_("Email address"),
        help_text=_("For messages by email, and to send you your link again if you lose it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "dir": "ltr"}),
        error_messages={
            "required": _("Enter your email address"),
            "invalid": _("Enter an email address like name@example.com"),
        },
    )
    channel = forms.ChoiceField(
        label=_("How do you like to hear from us?"),
        choices=channel_choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how you like to hear from us"),
            "invalid_choice": _("Choose one of these"),
        },
    )
    language = forms.ChoiceField(
        label=_("Which language shall we write in?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language"), "invalid_choice": _("Choose one of these")},
    )
    needs = forms.MultipleChoiceField(
        label=_("What would help you on the day?"),
        help_text=_("Tick all that you would like."),
        required=False,
        choices=Need.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    homepage = TrapField()

    def __init__(self, *args: Any, region: str, languages: Sequence[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["phone"].region = region
        fields["birth_date"].latest = today
        self.page_language = get_language() or settings.LANGUAGE_CODE
        if len(languages) > 1:
            names = dict(settings.LANGUAGES)
            fields["language"].choices = [(code, names[code]) for code in languages]
            fields["language"].initial = self.page_language
        else:
            del self.fields["language"]
        self.helper = FormHelper()
        asked = [name for name in self.fields if name != "homepage"]
        self.helper.layout = Layout(*asked, Field("homepage", template="questions/trap.html"))
        self.helper.add_input(Submit("continue", _("Continue")))

    def clean(self) -> dict[str, Any]:
        """Wants the name of who books only if it is for someone else, and forgets it otherwise."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("whose") == Whose.ME:
            self.errors.pop("booked_by", None)
            cleaned["booked_by"] = ""
        elif cleaned.get("whose") == Whose.OTHER and cleaned.get("booked_by") == "":
            self.add_error("booked_by", _("Enter your own name"))
        return cleaned

    @property
    def contact(self) -> Contact:
        """Who comes and how to reach them, once the form is valid."""
        found = self.cleaned_data
        return Contact(
            name=found["name"],
            email=found["email"],
            phone=found["phone"].as_e164,
            language=found.get("language", self.page_language),
            birth_date=found["birth_date"],
            channel=found["channel"],
            booked_by=found["booked_by"],
        )
