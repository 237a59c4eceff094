"""Asking for a link again."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from bookings.forms.lines import DIGITS, LineField
from bookings.models.appointment import REFERENCE_ALPHABET

REFERENCE = re.compile(rf"([{REFERENCE_ALPHABET}]{{4}})[^0-9A-Z]*([{REFERENCE_ALPHABET}]{{4}})")


class LostLinkForm(forms.Form):
    """An email address or a reference, which is read in any spelling: k7qm 3xpa for K7QM-3XPA."""

    contact = LineField(
        label=_("Your email address, or the reference of an appointment"),
        help_text=_("A reference looks like K7QM-3XPA."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email", "spellcheck": "false", "dir": "ltr"}),
        error_messages={
            "required": _("Enter your email address or a reference"),
            "max_length": _("Enter an email address like name@example.com, or a reference like K7QM-3XPA"),
        },
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.layout = Layout("contact")
        self.helper.add_input(Submit("send", _("Send me my link")))

    def clean_contact(self) -> str:
        typed: str = self.cleaned_data["contact"]
        if reference := REFERENCE.fullmatch(typed.translate(DIGITS).upper()):
            return "-".join(reference.groups())
        try:
            validate_email(typed)
        except forms.ValidationError:
            raise forms.ValidationError(self.fields["contact"].error_messages["max_length"], code="invalid") from None
        return typed
