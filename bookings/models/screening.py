"""What a patient answered before a visit, and who read it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import Actor
from bookings.models.appointment import Appointment
from bookings.models.people import Patient
from treatments.models import Edition


class Screening(models.Model):
    """Answers to an edition's questions: encrypted, with what follows from them for the diary.

    Later answers are a new row; the latest of an appointment counts. One that waits for a place has none yet.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ("patient", "answers", "needs_review", "not_before")

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="screenings", verbose_name=_("patient"))
    appointment = models.ForeignKey(
        Appointment,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="screenings",
        verbose_name=_("appointment"),
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+", verbose_name=_("edition"))
    answers = models.TextField(_("answers"), editable=False, help_text=_("Encrypted."))
    needs_review = models.BooleanField(_("a clinician reviews it"), default=False)
    not_before = models.DateField(_("not before"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"))
    answered_by = models.CharField(_("answered by"), max_length=10, choices=Actor, default=Actor.PATIENT)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)

    class Meta:
        ordering = ["-answered_at", "-pk"]
        get_latest_by = ["answered_at", "pk"]
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        permissions = [("read_answers", _("Can read and review answers to the questions before a visit"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="screening_reviewed_by_and_at",
            ),
            models.CheckConstraint(condition=Q(answered_by__in=Actor.values), name="screening_answered_by_is_known"),
        ]
        indexes = [models.Index(fields=["appointment", "-answered_at"], name="screening_latest")]

    def __str__(self) -> str:
        return f"{self.patient}, {self.answered_at:%Y-%m-%d}"

    @property
    def waits_for_review(self) -> bool:
        return self.needs_review and self.reviewed_at is None


class AnswersRead(models.Model):
    """One line of the log: who read a patient's answers, before a visit or after it, and when."""

    personal_fields: ClassVar[tuple[str, ...]] = ("screening", "check_in")

    screening = models.ForeignKey(
        Screening, models.CASCADE, null=True, blank=True, related_name="reads", verbose_name=_("screening")
    )
    check_in = models.ForeignKey(
        "bookings.CheckIn",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reads",
        verbose_name=_("check-in after a visit"),
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("reading of answers")
        verbose_name_plural = _("who read answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(screening__isnull=False, check_in__isnull=True)
                | Q(screening__isnull=True, check_in__isnull=False),
                name="answers_read_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.at:%Y-%m-%d %H:%M}"

    @property
    def appointment(self) -> Appointment | None:
        """Whose visit the answers belong to; None for those given while waiting for a place."""
        if self.check_in:
            return self.check_in.appointment
        return self.screening.appointment if self.screening else None
