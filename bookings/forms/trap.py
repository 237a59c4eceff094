"""A field that people do not see, for programs that fill in everything."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class EmptyInput(forms.TextInput):
    """Never shows what was filled in: whoever sees it finds it empty already."""

    def format_value(self, value: Any) -> None:
        return None


class TrapField(forms.CharField):
    """Must stay empty; `questions/trap.html` shows it once it did not, so that nobody is locked out."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Leave this field empty"),
            help_text=_("It is there for programs. Your browser may have filled it in; it is empty again."),
            required=False,
            widget=EmptyInput(attrs={"autocomplete": "off"}),
        )

    def clean(self, value: Any) -> str:
        if value:
            raise forms.ValidationError(_("Please leave this field empty"), code="trap")
        return ""
