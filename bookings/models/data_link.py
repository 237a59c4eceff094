"""A link to one's own data, sent to the address on record and good for one use."""

import secrets
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.models.appointment import Appointment

# So often a birth date that is not theirs may be tried with one link.
MOST_TRIES = 5


def new_link_secret() -> str:
    return secrets.token_urlsafe(24)


class DataLinkQuerySet(models.QuerySet["DataLink"]):
    def open(self, *, at: datetime) -> "DataLinkQuerySet":
        """Those that still open something."""
        return self.filter(used_at=None, expires_at__gt=at, tries__lt=MOST_TRIES)


class DataLink(models.Model):
    """Opens the data of the appointment's patient once, together with the birth date. Asked for from their link."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    appointment = models.ForeignKey(
        Appointment, models.CASCADE, related_name="data_links", verbose_name=_("appointment")
    )
    secret = models.CharField(max_length=40, unique=True, default=new_link_secret, editable=False)
    created_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("good until"))
    # How often a birth date that is not theirs was tried.
    tries = models.PositiveSmallIntegerField(_("wrong dates"), default=0)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    objects = DataLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("link to one’s data")
        verbose_name_plural = _("links to one’s data")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="data_link_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.appointment)
