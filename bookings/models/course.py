"""A course of sessions, planned at a consultation and booked as one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.availability.courses import Gap
from bookings.models.appointment_type import AppointmentType
from treatments.enums import Unit
from treatments.models import Treatment


class Course(models.Model):
    """How many sessions of what, how far apart: what clinician and patient agreed on at a consultation."""

    personal_fields: ClassVar[tuple[str, ...]] = ("consultation",)

    consultation = models.ForeignKey(
        "bookings.Appointment", models.PROTECT, related_name="courses", verbose_name=_("planned at")
    )
    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="+", verbose_name=_("treatment"))
    type = models.ForeignKey(AppointmentType, models.PROTECT, related_name="+", verbose_name=_("appointment type"))
    phase = models.CharField(_("phase"), max_length=80, help_text=_("Such as: First course, Upkeep."))
    sessions = models.PositiveSmallIntegerField(_("sessions"))
    gap_from = models.PositiveSmallIntegerField(_("gap from"))
    gap_to = models.PositiveSmallIntegerField(_("gap to"), null=True, blank=True, help_text=_("Empty: open."))
    gap_unit = models.CharField(_("days, weeks or months"), max_length=10, choices=Unit, default=Unit.DAY)
    created_at = models.DateTimeField(_("planned on"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("planned by"),
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("course of sessions")
        verbose_name_plural = _("courses of sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(sessions__range=(1, 20)),
                name="course_sessions_1_to_20",
                violation_error_message=_("A course has 1 to 20 sessions."),
            ),
            models.CheckConstraint(
                condition=Q(gap_from__gte=1) & (Q(gap_to__isnull=True) | Q(gap_to__gte=F("gap_from"))),
                name="course_gap_from_to",
                violation_error_message=_("The gap is at least 1, and its end not smaller than its start."),
            ),
            models.CheckConstraint(condition=Q(gap_unit__in=Unit.values), name="course_gap_unit_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.treatment}: {self.phase}, {self.sessions}"

    @property
    def gap(self) -> Gap:
        return Gap(self.gap_from, self.gap_to, self.gap_unit)
