"""Whose time is taken."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.availability.intervals import Interval
from bookings.models.no_overlap import LONGEST_CLAIM, NoOverlap
from clinic.models import Practitioner


class ClaimQuerySet(models.QuerySet["Claim"]):
    def blocking(self, *, practitioners: Iterable[Practitioner], within: Interval, now: datetime) -> "ClaimQuerySet":
        """Claims on these practitioners that touch `within`, but for those of holds that have run out at `now`."""
        return self.filter(
            practitioner__in=practitioners,
            starts_at__lt=within.end,
            starts_at__gt=within.start - LONGEST_CLAIM,
            ends_at__gt=within.start,
        ).exclude(appointment__held_until__lte=now)


class Claim(models.Model):
    """Who is taken, and when: half-open [starts_at, ends_at), buffers included. The database refuses an overlap."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    appointment = models.ForeignKey(
        "bookings.Appointment", models.CASCADE, related_name="claims", verbose_name=_("appointment")
    )
    practitioner = models.ForeignKey(
        Practitioner, models.PROTECT, related_name="claims", verbose_name=_("practitioner")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            NoOverlap(name="claim_practitioner_no_overlap", owner="practitioner"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="claim_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ends_at__lt=F("starts_at") + LONGEST_CLAIM),
                name="claim_shorter_than_a_day",
            ),
        ]
        indexes = [models.Index(fields=["practitioner", "ends_at"], name="claim_by_practitioner")]

    def __str__(self) -> str:
        return f"{self.practitioner_id}: {self.starts_at:%Y-%m-%d %H:%M}–{self.ends_at:%H:%M}"
