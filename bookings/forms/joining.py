"""The details of whoever joins the waiting list, with the terms they agree to by joining."""

from typing import Any

from crispy_forms.layout import HTML, Submit
from django.utils.translation import gettext_lazy as _

from bookings.forms.details import DetailsForm


class JoiningForm(DetailsForm):
    """The details as for a held time; the button joins, and the form carries the fingerprint of the terms shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout.append(HTML('<input type="hidden" name="terms" value="{{ terms.hash }}">'))
        self.helper.inputs = [Submit("join", _("Join the waiting list"))]
