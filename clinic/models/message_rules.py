"""The clinic's settings of messages: which reminders, and when nobody is written to."""

import re
from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LEAD = re.compile(r"[1-9]\d{0,2}[dh]")


def known_leads(value: str) -> None:
    """Raises ValidationError unless `value` is a list such as “7d 2d 3h”, which may be empty."""
    if wrong := [lead for lead in value.split() if not LEAD.fullmatch(lead)]:
        raise ValidationError(_("“%(lead)s” is no number of days or hours. Write 7d or 3h."), params={"lead": wrong[0]})


class MessageRules(models.Model):
    """When patients are written to, which the clinic sets for itself."""

    reminders = models.CharField(
        _("reminders before a visit"),
        max_length=60,
        blank=True,
        default="7d 2d 3h",
        validators=[known_leads],
        help_text=_("Days (d) or hours (h) before, with spaces between. Empty: none."),
    )
    quiet_from = models.TimeField(
        _("no messages from"),
        default=time(21),
        help_text=_("On the clock of the location. Only what is about the same day goes out in these hours."),
    )
    quiet_until = models.TimeField(_("no messages until"), default=time(8))
    check_in_hours = models.PositiveSmallIntegerField(
        _("hours after a visit to ask how it went"),
        null=True,
        blank=True,
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(336)],
        help_text=_("Empty: nobody is asked."),
    )
    next_session_days = models.PositiveSmallIntegerField(
        _("days before the next session of a course is due"),
        default=7,
        validators=[MaxValueValidator(60)],
        help_text=_("So many days before, whoever has not booked it is told that they can."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(check_in_hours__isnull=True) | Q(check_in_hours__range=(1, 336)),
                name="clinic_check_in_hours_1_to_336",
            ),
            models.CheckConstraint(
                condition=Q(next_session_days__range=(0, 60)), name="clinic_next_session_days_0_to_60"
            ),
        ]

    def clean(self) -> None:
        """At least three hours of the day must be left in which messages go out."""
        super().clean()
        if self.quiet_from is None or self.quiet_until is None or self.quiet_from == self.quiet_until:
            return
        minutes = (self.quiet_from.hour - self.quiet_until.hour) * 60 + self.quiet_from.minute - self.quiet_until.minute
        if minutes % 1440 < 180:
            raise ValidationError({"quiet_until": _("Leave at least three hours of the day for messages.")})
