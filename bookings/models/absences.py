"""When a person is away, a room is out of use, or a location is closed. None of these is a claim."""

from datetime import timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from bookings.availability.hours import WeeklyHours, local_day, working_intervals
from bookings.availability.intervals import Interval
from bookings.models.resources import Resource
from clinic.models import Location, Practitioner

ENDS_EARLY = _("The end must be later than the start.")
ONE_OWNER = _("Choose a practitioner, or a room or device.")
LAST_DAY_EARLY = _("The last day must not be before the first.")
TIMES_IN_ORDER = _("Give both times, the later one last, or neither.")


class TimeOffQuerySet(models.QuerySet["TimeOff"]):
    def visible_to(self, user: Any) -> "TimeOffQuerySet":
        """All of it to whoever may look up every patient; to others their own."""
        if user.has_perm("bookings.view_patient"):
            return self
        return self.filter(practitioner__user=user.pk, practitioner__user__isnull=False)


class TimeOff(models.Model):
    """A stretch in which a practitioner sees nobody, or a room or device is out of use."""

    personal_fields: ClassVar[tuple[str, ...]] = ("note",)

    practitioner = models.ForeignKey(
        Practitioner, models.CASCADE, null=True, blank=True, related_name="time_off", verbose_name=_("practitioner")
    )
    resource = models.ForeignKey(
        Resource, models.CASCADE, null=True, blank=True, related_name="time_off", verbose_name=_("or room or device")
    )
    location = models.ForeignKey(
        Location,
        models.PROTECT,
        related_name="+",
        verbose_name=_("times are those of"),
        help_text=_("The clock on the wall of this location. A practitioner is away everywhere."),
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    note = models.CharField(_("note"), max_length=120, blank=True, help_text=_("Only staff read this."))

    objects = TimeOffQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("time off")
        verbose_name_plural = _("time off")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="time_off_ends_after_start",
                violation_error_message=ENDS_EARLY,
            ),
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False, resource__isnull=True)
                | Q(practitioner__isnull=True, resource__isnull=False),
                name="time_off_has_one_owner",
                violation_error_message=ONE_OWNER,
            ),
        ]
        indexes = [
            models.Index(fields=["practitioner", "ends_at"], name="time_off_by_owner"),
            models.Index(fields=["resource", "ends_at"], name="time_off_by_resource"),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner or self.resource}, {self.span}"

    def clean(self) -> None:
        """Says at the right field what the constraints would refuse."""
        errors = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = ENDS_EARLY
        if (self.practitioner_id is None) == (self.resource_id is None):
            errors["resource" if self.resource_id else "practitioner"] = ONE_OWNER
        if errors:
            raise ValidationError(errors)

    @property
    def interval(self) -> Interval:
        return Interval(self.starts_at, self.ends_at)

    @property
    def span(self) -> str:
        """From when to when, on the clock of its location, with the zone named."""
        starts, ends = (moment.astimezone(self.location.zone) for moment in (self.starts_at, self.ends_at))
        return f"{date_format(starts, 'D j M Y, H:i')} – {date_format(ends, 'D j M Y, H:i')} {ends.tzname()}"


class Closure(models.Model):
    """Days on which a location is closed, whole or between two times: a public holiday, a move, a team meeting."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    location = models.ForeignKey(Location, models.CASCADE, related_name="closures", verbose_name=_("location"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    starts = models.TimeField(_("from"), null=True, blank=True, help_text=_("Empty: closed the whole day."))
    ends = models.TimeField(_("to"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=120, help_text=_("Such as: New Year’s Day. Only staff read this."))

    class Meta:
        ordering = ["first_day", "starts"]
        verbose_name = _("closure")
        verbose_name_plural = _("closures and public holidays")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="closure_last_day_not_before_first",
                violation_error_message=LAST_DAY_EARLY,
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True)
                | Q(starts__isnull=False, ends__isnull=False, ends__gt=F("starts")),
                name="closure_times_in_order",
                violation_error_message=TIMES_IN_ORDER,
            ),
        ]
        indexes = [models.Index(fields=["location", "last_day"], name="closure_by_location")]

    def __str__(self) -> str:
        return f"{self.location}, {date_format(self.first_day, 'j M Y')}: {self.name}"

    def clean(self) -> None:
        """Says at the right field what the constraints would refuse."""
        errors = {}
        if self.last_day and self.first_day:
            if self.last_day < self.first_day:
                errors["last_day"] = LAST_DAY_EARLY
            elif self.last_day - self.first_day > timedelta(days=366):
                errors["last_day"] = _("A closure lasts at most a year.")
        if (self.starts is None) != (self.ends is None):
            errors["starts" if self.starts is None else "ends"] = TIMES_IN_ORDER
        elif self.starts and self.ends and self.ends <= self.starts:
            errors["ends"] = TIMES_IN_ORDER
        if errors:
            raise ValidationError(errors)

    @property
    def intervals(self) -> list[Interval]:
        """The instants at which the location is closed, in UTC and in order."""
        zone = self.location.zone
        if self.starts is None or self.ends is None:
            return [Interval(local_day(self.first_day, zone).start, local_day(self.last_day, zone).end)]
        days = [WeeklyHours(weekday, self.starts, self.ends) for weekday in range(7)]
        return working_intervals(days, first=self.first_day, last=self.last_day, zone=zone)
