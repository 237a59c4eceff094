"""How a patient was after a visit."""

from hashlib import sha256
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models.appointment import Appointment


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def to_call(self) -> "CheckInQuerySet":
        """Those whose answer asks for a call, and whom nobody has called yet; the oldest first."""
        return self.filter(needs_call=True, called_at=None).order_by("answered_at", "pk")


class CheckIn(models.Model):
    """The answers to the two questions after a visit; a sign of trouble asks staff to call back."""

    personal_fields: ClassVar[tuple[str, ...]] = ("answers", "needs_call")

    appointment = models.OneToOneField(
        Appointment, models.CASCADE, related_name="check_in", verbose_name=_("appointment")
    )
    answered_at = models.DateTimeField(_("answered at"))
    answers = models.TextField(_("answers"), editable=False, help_text=_("Sealed: see bookings.sealed."))
    needs_call = models.BooleanField(_("call back"), default=False)
    called_at = models.DateTimeField(_("called at"), null=True, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("called by")
    )

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["-answered_at", "-pk"]
        verbose_name = _("check-in after a visit")
        verbose_name_plural = _("check-ins after visits")
        constraints = [
            models.CheckConstraint(condition=Q(called_at__isnull=True) | Q(needs_call=True), name="check_in_called"),
        ]
        indexes = [
            models.Index(
                fields=["answered_at"], condition=Q(needs_call=True, called_at__isnull=True), name="check_in_to_call"
            ),
        ]

    def __str__(self) -> str:
        return str(self.appointment)

    @property
    def fingerprint(self) -> str:
        """Tells these answers from any given before or after, and nothing of what they say: 16 hexadecimal digits."""
        return sha256(self.answers.encode()).hexdigest()[:16]
