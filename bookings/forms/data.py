"""Proving who asks for the data."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bookings.forms.dates import TypedDateField


class BirthDateForm(forms.Form):
    """The birth date of whom the data are about; `refuse` says at the field that it is another."""

    birth_date = TypedDateField(
        label=_("Date of birth"),
        help_text=_("Of the person the appointment is for, for example 31\u00a03\u00a01980."),
        autocomplete="bday",
        earliest=date(1900, 1, 1),
        error_messages={
            "required": _("Enter the date of birth"),
            "earliest": _("Enter a date of birth in 1900 or later"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("birth_date")
        self.helper.add_input(Submit("open", _("Open")))

    def refuse(self, left: int) -> None:
        """`left` is how often another date may be tried."""
        message = ngettext(
            "This is not the date of birth that we have. You can try %(left)s more time",
            "This is not the date of birth that we have. You can try %(left)s more times",
            left,
        )
        self.add_error("birth_date", message % {"left": left})
