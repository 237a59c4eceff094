"""When practitioners work."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clinic.models import WEEKDAYS, Location, Practitioner

EVERY = [
    (1, _("every week")),
    (2, _("every second week")),
    (3, _("every third week")),
    (4, _("every fourth week")),
]
ENDS_EARLY = _("The end must be later than the start.")
VALID_EARLY = _("“Valid to” must not be before “valid from”.")
BREAK_OUTSIDE = _("Give both ends of the break, in order and inside the hours, or neither.")
COUNTED_FROM = _("Give “valid from”: the weeks are counted from it.")


class WorkingHours(models.Model):
    """A practitioner's weekly hours at one location, in the location's wall-clock time, with at most one break."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    practitioner = models.ForeignKey(
        Practitioner, models.CASCADE, related_name="working_hours", verbose_name=_("practitioner")
    )
    location = models.ForeignKey(Location, models.CASCADE, related_name="working_hours", verbose_name=_("location"))
    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEKDAYS)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    break_starts = models.TimeField(_("break from"), null=True, blank=True)
    break_ends = models.TimeField(_("break to"), null=True, blank=True)
    every = models.PositiveSmallIntegerField(
        _("how often"),
        choices=EVERY,
        default=1,
        help_text=_("Counted from the week of “valid from”, by the week of the location."),
    )
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
                violation_error_message=ENDS_EARLY,
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="working_hours_valid_from_to",
                violation_error_message=VALID_EARLY,
            ),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="working_hours_on_a_day"),
            models.CheckConstraint(
                condition=Q(break_starts__isnull=True, break_ends__isnull=True)
                | Q(
                    break_starts__isnull=False,
                    break_ends__isnull=False,
                    break_starts__gte=F("starts"),
                    break_ends__gt=F("break_starts"),
                    break_ends__lte=F("ends"),
                ),
                name="working_hours_break_inside",
                violation_error_message=BREAK_OUTSIDE,
            ),
            models.CheckConstraint(
                condition=Q(every=1) | Q(every__range=(2, 4), valid_from__isnull=False),
                name="working_hours_every_counts_from_a_day",
                violation_error_message=COUNTED_FROM,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}, {self.get_weekday_display()} {self.starts:%H:%M}–{self.ends:%H:%M}"

    def clean(self) -> None:
        """Says at the right field what the constraints would refuse."""
        errors = {}
        if self.starts and self.ends and self.ends <= self.starts:
            errors["ends"] = ENDS_EARLY
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            errors["valid_to"] = VALID_EARLY
        if self.every and self.every > 1 and not self.valid_from:
            errors["valid_from"] = COUNTED_FROM
        if wrong := self.wrong_end_of_break():
            errors[wrong] = BREAK_OUTSIDE
        if errors:
            raise ValidationError(errors)

    def wrong_end_of_break(self) -> str:
        """The name of the field that spoils the break; empty if none does."""
        starts, ends = self.break_starts, self.break_ends
        if starts is None or ends is None:
            return "" if starts == ends else "break_starts" if starts is None else "break_ends"
        if self.starts and starts < self.starts:
            return "break_starts"
        return "break_ends" if ends <= starts or (self.ends and ends > self.ends) else ""


class SpecialHours(models.Model):
    """A practitioner's hours at one location on a single day, in place of the weekly ones there."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    practitioner = models.ForeignKey(
        Practitioner, models.CASCADE, related_name="special_hours", verbose_name=_("practitioner")
    )
    location = models.ForeignKey(Location, models.CASCADE, related_name="special_hours", verbose_name=_("location"))
    day = models.DateField(_("day"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))

    class Meta:
        ordering = ["day", "starts"]
        verbose_name = _("hours of a single day")
        verbose_name_plural = _("hours of single days")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="special_hours_end_after_start",
                violation_error_message=ENDS_EARLY,
            ),
        ]
        indexes = [models.Index(fields=["practitioner", "day"], name="special_hours_by_day")]

    def __str__(self) -> str:
        return f"{self.practitioner}, {date_format(self.day, 'j M Y')} {self.starts:%H:%M}–{self.ends:%H:%M}"

    def clean(self) -> None:
        """Says at the right field what the constraint would refuse."""
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": ENDS_EARLY})
