"""The people who book."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField


class Patient(models.Model):
    """One person as given in one booking. Nobody is matched by email: families share one; staff merge."""

    personal_fields: ClassVar[tuple[str, ...]] = ("name", "email", "phone")

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("email"))
    phone = PhoneNumberField(_("phone"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("patient")
        verbose_name_plural = _("patients")

    def __str__(self) -> str:
        return self.name
