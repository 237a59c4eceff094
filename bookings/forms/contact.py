"""How patients are reached: the ways that are offered, and what staff must know of them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from bookings.enums import Channel
from bookings.models import Patient


def channel_choices(kept: str = "") -> list[tuple[str, Any]]:
    """As those of Channel; text messages only where the clinic can send them, or where they are chosen already."""
    return [one for one in Channel.choices if one[0] != Channel.SMS or settings.SMS_URL or kept == Channel.SMS]


class ReachedByStaff(forms.BaseForm):
    """Of whoever wishes for calls, staff need no email address."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("email") == "" and cleaned.get("channel") != Channel.PHONE:
            self.add_error("email", _("Enter an email address, or choose phone calls."))
        return cleaned


class RecordForm(ReachedByStaff, forms.ModelForm):
    """A patient's record as staff correct it."""

    class Meta:
        model = Patient
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        # Whoever may only look has no fields.
        if "channel" in fields:
            fields["channel"].choices = channel_choices(self.instance.channel)
        if "email" in fields:
            fields["email"].required = False
