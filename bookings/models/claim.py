"""Who or what is taken."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.availability.intervals import Interval
from bookings.models.no_overlap import LONGEST_CLAIM, NoOverlap
from bookings.models.resources import Resource
from clinic.models import Practitioner


class ClaimQuerySet(models.QuerySet["Claim"]):
    def touching(self, span: Interval) -> "ClaimQuerySet":
        """Claims that share an instant with `span`; the lower bound lets the database use its index."""
        return self.filter(starts_at__lt=span.end, starts_at__gt=span.start - LONGEST_CLAIM, ends_at__gt=span.start)

    def live(self, *, at: datetime) -> "ClaimQuerySet":
        """All but those of holds that have run out at `at`."""
        return self.exclude(appointment__held_until__lte=at)


class Claim(models.Model):
    """Who or what is taken, and when: half-open [starts_at, ends_at), buffers included. None overlap."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    appointment = models.ForeignKey(
        "bookings.Appointment", models.CASCADE, related_name="claims", verbose_name=_("appointment")
    )
    practitioner = models.ForeignKey(
        Practitioner, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("practitioner")
    )
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("room or device")
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
            NoOverlap(name="claim_resource_no_overlap", owner="resource"),
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False, resource__isnull=True)
                | Q(practitioner__isnull=True, resource__isnull=False),
                name="claim_has_one_owner",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="claim_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ends_at__lt=F("starts_at") + LONGEST_CLAIM),
                name="claim_shorter_than_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["practitioner", "ends_at"], name="claim_by_practitioner"),
            models.Index(fields=["resource", "ends_at"], name="claim_by_resource"),
        ]

    def __str__(self) -> str:
        owner = f"practitioner {self.practitioner_id}" if self.practitioner_id else f"resource {self.resource_id}"
        return f"{owner}: {self.starts_at:%Y-%m-%d %H:%M}–{self.ends_at:%H:%M}"
