"""Cancelling an appointment."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.forms.details import LineField


class CancelForm(forms.Form):
    """Why, for whoever likes to say so; nothing about health is to be written into the log."""

    reason = LineField(
        label=_("Reason"),
        help_text=_("Please write nothing about your health."),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Enter a reason of at most 250 characters")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.layout = Layout("reason")
        self.helper.add_input(Submit("cancel", _("Cancel the appointment")))
