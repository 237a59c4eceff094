"""Private calendar addresses, for the programs of those who work here."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clinic.models import Location, Practitioner


def new_feed_secret() -> str:
    """192 random bits: whoever knows the address reads the diary."""
    return secrets.token_urlsafe(24)


class CalendarFeed(models.Model):
    """The diary of a practitioner or of a location as a calendar that programs subscribe to.

    The address is the key: a new secret, or deleting the row, closes the old one.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ()

    practitioner = models.OneToOneField(
        Practitioner,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar_feed",
        verbose_name=_("practitioner"),
    )
    location = models.OneToOneField(
        Location, models.CASCADE, null=True, blank=True, related_name="calendar_feed", verbose_name=_("location")
    )
    secret = models.CharField(max_length=40, unique=True, default=new_feed_secret, editable=False)
    created_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False, location__isnull=True)
                | Q(practitioner__isnull=True, location__isnull=False),
                name="calendar_feed_of_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.practitioner or self.location)

    def path(self) -> str:
        return reverse("calendar", args=[self.secret])
