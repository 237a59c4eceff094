"""Names, email addresses and phone numbers on one line, as people type and paste them."""

import unicodedata
from typing import Any

from django import forms
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
    """A one-line text field that keeps what people type and drops what cannot be seen.

    `asked_only` says beside the label in which case an answer is wanted, in place of “optional”.
    """

    def __init__(self, *args: Any, asked_only: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked_only = asked_only

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
