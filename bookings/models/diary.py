"""The diary: when practitioners work, what can be booked, and whose time is taken."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.availability.intervals import Interval
from bookings.availability.slots import Visit
from bookings.enums import Kind
from bookings.models.no_overlap import LONGEST_CLAIM, NoOverlap
from clinic.models import WEEKDAYS, Location, Practitioner
from treatments.models import Treatment


class WorkingHours(models.Model):
    """A practitioner's weekly hours at one location, in the location's wall-clock time."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    practitioner = models.ForeignKey(
        Practitioner, models.CASCADE, related_name="working_hours", verbose_name=_("practitioner")
    )
    location = models.ForeignKey(Location, models.CASCADE, related_name="working_hours", verbose_name=_("location"))
    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEKDAYS)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("The last day these hours apply."))

    class Meta:
        ordering = ["practitioner", "weekday", "starts"]
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="working_hours_end_after_start",
                violation_error_message=_("The end must be later than the start."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="working_hours_valid_from_to",
                violation_error_message=_("“Valid to” must not be before “valid from”."),
            ),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="working_hours_on_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}, {self.get_weekday_display()} {self.starts:%H:%M}–{self.ends:%H:%M}"


class TimeOff(models.Model):
    """A stretch in which a practitioner sees nobody."""

    personal_fields: ClassVar[tuple[str, ...]] = ("note",)

    practitioner = models.ForeignKey(
        Practitioner, models.CASCADE, related_name="time_off", verbose_name=_("practitioner")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    note = models.CharField(_("note"), max_length=120, blank=True, help_text=_("Only staff read this."))

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("time off")
        verbose_name_plural = _("time off")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="time_off_ends_after_start",
                violation_error_message=_("The end must be later than the start."),
            )
        ]
        indexes = [models.Index(fields=["practitioner", "ends_at"], name="time_off_by_owner")]

    def __str__(self) -> str:
        return f"{self.practitioner}, {self.starts_at:%Y-%m-%d %H:%M}"


def kind_for(treatment: Treatment) -> Kind:
    """What a visitor books for a treatment: the consultation, where one is needed first."""
    return Kind.CONSULTATION if treatment.needs_consultation else Kind.SESSION


class AppointmentTypeQuerySet(models.QuerySet["AppointmentType"]):
    def bookable_for(self, treatment: Treatment) -> "AppointmentTypeQuerySet":
        """What a visitor may book for `treatment`: its consultation, or its session where none is needed first."""
        return self.filter(
            Q(treatments__isnull=True) | Q(treatments=treatment), is_active=True, kind=kind_for(treatment)
        ).distinct()


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
        ]

    def __str__(self) -> str:
        return self.name or ""

    @property
    def visit(self) -> Visit:
        return Visit(
            duration=timedelta(minutes=self.minutes),
            before=timedelta(minutes=self.buffer_before),
            after=timedelta(minutes=self.buffer_after),
            step=timedelta(minutes=self.step),
        )


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
