"""When practitioners work, and when they are away."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clinic.models import WEEKDAYS, Location, Practitioner


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
    location = models.ForeignKey(
        Location,
        models.PROTECT,
        related_name="+",
        verbose_name=_("times are those of"),
        help_text=_("The clock on the wall of this location. The practitioner is away everywhere."),
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
        return f"{self.practitioner}, {self.span}"

    @property
    def span(self) -> str:
        """From when to when, on the clock of its location, with the zone named."""
        starts, ends = (moment.astimezone(self.location.zone) for moment in (self.starts_at, self.ends_at))
        return f"{date_format(starts, 'D j M Y, H:i')} – {date_format(ends, 'D j M Y, H:i')} {ends.tzname()}"
