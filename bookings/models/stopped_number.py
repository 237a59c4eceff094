"""Numbers that want no more text messages."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField


class StoppedNumber(models.Model):
    """Whoever answered STOP gets mails instead, until they write START."""

    personal_fields: ClassVar[tuple[str, ...]] = ("phone",)

    phone = PhoneNumberField(_("phone"), unique=True)
    stopped_at = models.DateTimeField(_("since"))

    class Meta:
        ordering = ["-stopped_at", "-pk"]
        verbose_name = _("number without text messages")
        verbose_name_plural = _("numbers without text messages")

    def __str__(self) -> str:
        return str(self.phone)
