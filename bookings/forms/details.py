"""Who asks for the appointment."""

import unicodedata

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
# Zero-width joiners belong to Persian spelling; everything else of this kind only hides or turns text around.
KEPT_FORMATS = {"\u200c", "\u200d"}


def plain_line(text: str) -> str:
    """One line of text as a person wrote it: control and direction characters dropped, white space folded."""
    visible = "".join(
        char if unicodedata.category(char) not in {"Cc", "Cf", "Zl", "Zp"} or char in KEPT_FORMATS else " "
        for char in text
    )
    line = " ".join(unicodedata.normalize("NFC", visible).split())
    return line if set(line) - KEPT_FORMATS - {" "} else ""


class LineField(forms.CharField):
    """A one-line text field that keeps what people type and drops what cannot be seen."""

    def to_python(self, value: object) -> str:
        return plain_line(super().to_python(str(value).replace("\x00", " ")) or "") if value else ""


class LineEmailField(forms.EmailField):
    """An email address; whatever could not be written to is answered in one and the same words."""

    def to_python(self, value: object) -> str:
        line = plain_line(str(value)) if value else ""
        if self.max_length and len(line) > self.max_length:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return line


class LocalPhoneField(PhoneNumberField):
    """A phone number as people of the location write it, in Latin, Persian or Arabic digits."""

    def to_python(self, value: object) -> object:
        return super().to_python(plain_line(str(value)).translate(DIGITS) if value else value)


class DetailsForm(forms.Form):
    """Name, email and phone; `region` is the location's country, whose numbers need no country code."""

    name = LineField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Enter your name"),
            "max_length": _("Enter a name of at most 120 characters"),
        },
    )
    email = LineEmailField(
        label=_("Email address"),
        help_text=_("We answer your request here."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "dir": "ltr"}),
        error_messages={
            "required": _("Enter your email address"),
            "invalid": _("Enter an email address like name@example.com"),
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

    def __init__(self, *args: object, region: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["phone"].region = region  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout("name", "email", "phone")
        self.helper.add_input(Submit("continue", _("Continue")))
