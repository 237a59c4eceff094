"""The people who book."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from bookings.enums import Channel


class PatientQuerySet(models.QuerySet["Patient"]):
    def reached_by(self, *, email: str, phone: str) -> "PatientQuerySet":
        """Patients with this email address or this phone number (E.164); a family may share both.

        Whoever gave no address shares none with others.
        """
        by_email = models.Q(email__iexact=email) if email else models.Q()
        return self.filter(by_email | models.Q(phone=phone))


class Patient(models.Model):
    """One person as given in one booking. Nobody is matched by email: families share one; staff merge."""

    personal_fields: ClassVar[tuple[str, ...]] = ("name", "birth_date", "email", "phone", "booked_by")

    name = models.CharField(_("name"), max_length=120)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    email = models.EmailField(_("email"))
    phone = PhoneNumberField(_("phone"))
    booked_by = models.CharField(
        _("booked by"), max_length=120, blank=True, help_text=_("Who booked, where it was for someone else.")
    )
    channel = models.CharField(_("hears from us by"), max_length=10, choices=Channel, default=Channel.EMAIL)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("created at"))
    # Whoever asked to be forgotten: what is left says that a visit took place, not whose.
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("patient")
        verbose_name_plural = _("patients")
        constraints = [
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="patient_channel_is_known")
        ]
        indexes = [
            models.Index(Upper("email"), name="patient_by_email"),
            models.Index(fields=["phone"], name="patient_by_phone"),
        ]

    def __str__(self) -> str:
        return self.name
