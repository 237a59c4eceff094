"""Wishes to be forgotten that the clinic decides about: visits have taken place."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import ErasureOutcome
from bookings.models.people import Patient


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    def undecided(self) -> "ErasureRequestQuerySet":
        """Those that the clinic has not decided about, the oldest first."""
        return self.filter(decided_at=None).order_by("asked_at", "pk")


class ErasureRequest(models.Model):
    """A patient asked for erasure, and what the clinic decided; a refusal gives the reason that the patient reads."""

    personal_fields: ClassVar[tuple[str, ...]] = ("patient", "reason")

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="erasure_requests", verbose_name=_("patient"))
    asked_at = models.DateTimeField(_("asked at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=ErasureOutcome, blank=True)
    reason = models.CharField(_("reason"), max_length=250, blank=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("wish for erasure")
        verbose_name_plural = _("wishes for erasure")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, outcome="")
                | Q(decided_at__isnull=False, outcome__in=ErasureOutcome.values),
                name="erasure_request_decided_with_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=ErasureOutcome.DECLINED) | ~Q(reason=""),
                name="erasure_request_declined_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(decided_at__isnull=True), name="erasure_request_undecided"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
