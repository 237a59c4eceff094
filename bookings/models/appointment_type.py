"""What can be booked."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.availability.slots import Visit
from bookings.enums import Kind
from bookings.models.resources import ResourceKind
from clinic.models import Location, Practitioner
from clinic.texts import text_of
from treatments.models import Treatment


def kind_for(treatment: Treatment) -> Kind:
    """What a visitor books for a treatment: the consultation, where one is needed first."""
    return Kind.CONSULTATION if treatment.needs_consultation else Kind.SESSION


class AppointmentTypeQuerySet(models.QuerySet["AppointmentType"]):
    def bookable_for(self, treatment: Treatment) -> "AppointmentTypeQuerySet":
        """What a visitor may book for `treatment`: its consultation, or its session where none is needed first."""
        return self.filter(
            Q(treatments__isnull=True) | Q(treatments=treatment), is_active=True, kind=kind_for(treatment)
        )

    def sessions_for(self, treatment: Treatment) -> "AppointmentTypeQuerySet":
        """What a course of `treatment` is booked as."""
        return self.filter(Q(treatments__isnull=True) | Q(treatments=treatment), is_active=True, kind=Kind.SESSION)


class AppointmentType(models.Model):
    """What can be booked: a consultation or a session, how long it takes, with whom and where."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    treatments = models.ManyToManyField(
        Treatment,
        blank=True,
        related_name="appointment_types",
        verbose_name=_("treatments"),
        help_text=_("Empty: all."),
    )
    practitioners = models.ManyToManyField(
        Practitioner, related_name="appointment_types", verbose_name=_("practitioners")
    )
    locations = models.ManyToManyField(
        Location,
        blank=True,
        related_name="appointment_types",
        verbose_name=_("locations"),
        help_text=_("Empty: all."),
    )
    resource_kinds = models.ManyToManyField(
        ResourceKind,
        blank=True,
        related_name="appointment_types",
        verbose_name=_("rooms and devices"),
        help_text=_("One free one of each kind is taken with the appointment."),
    )
    auto_confirm = models.BooleanField(
        _("confirm at once"),
        default=False,
        help_text=_("Off: staff answer each request. On: only those that a clinician must review wait for an answer."),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    buffer_before = models.PositiveSmallIntegerField(_("minutes kept free before"), default=0)
    buffer_after = models.PositiveSmallIntegerField(_("minutes kept free after"), default=0)
    step = models.PositiveSmallIntegerField(
        _("starts every … minutes"), default=30, help_text=_("30: times are offered at :00 and :30.")
    )
    least_notice_hours = models.PositiveSmallIntegerField(_("least notice, hours"), default=24)
    furthest_days = models.PositiveSmallIntegerField(_("furthest day ahead"), default=90)
    is_active = models.BooleanField(_("can be booked"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = AppointmentTypeQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("appointment type")
        verbose_name_plural = _("appointment types")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="appointment_type_kind_is_known"),
            models.CheckConstraint(
                condition=Q(
                    minutes__range=(5, 480),
                    step__range=(5, 240),
                    buffer_before__lte=120,
                    buffer_after__lte=120,
                ),
                name="appointment_type_lengths",
                violation_error_message=_("A visit takes 5 to 480 minutes, a buffer at most 120."),
            ),
            models.CheckConstraint(
                condition=Q(furthest_days__range=(1, 730), least_notice_hours__lte=2160),
                name="appointment_type_window",
                violation_error_message=_("Times are offered at most 730 days ahead, with at most 90 days of notice."),
            ),
        ]

    def __str__(self) -> str:
        return text_of(self, "name")

    @property
    def visit(self) -> Visit:
        return Visit(
            duration=timedelta(minutes=self.minutes),
            before=timedelta(minutes=self.buffer_before),
            after=timedelta(minutes=self.buffer_after),
            step=timedelta(minutes=self.step),
        )
