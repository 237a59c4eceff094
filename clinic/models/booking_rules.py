"""The clinic's settings of booking: how long, how many, how late."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic.enums import LateChanges

# The least and the most of each number; the database and the form hold the same.
RANGES = {
    "hold_minutes": (2, 60),
    "open_requests_per_contact": (1, 20),
    "cooling_off_days": (0, 60),
    "late_hours": (0, 168),
    "offer_minutes": (10, 1440),
    "requests_per_hour": (1, 1000),
}


class BookingRules(models.Model):
    """Numbers and switches of booking, which the clinic sets for itself."""

    hold_minutes = models.PositiveSmallIntegerField(
        _("minutes a chosen time is held"),
        default=10,
        help_text=_("Nobody else can take it while it is held."),
    )
    reply_working_days = models.PositiveSmallIntegerField(
        _("working days to answer a request"),
        default=1,
        help_text=_("Patients are told this when they ask for a time."),
    )
    open_requests_per_contact = models.PositiveSmallIntegerField(
        _("open requests of one contact"),
        default=4,
        help_text=_("So many may wait for an answer under one email or phone. A course counts as one."),
    )
    requests_per_hour = models.PositiveSmallIntegerField(
        _("tries an hour from one internet address"),
        default=20,
        help_text=_("How often times may be held or requested from it. A family or an office shares one address."),
    )
    cooling_off_days = models.PositiveSmallIntegerField(
        _("days to think it over"),
        default=3,
        help_text=_("Whole days between the consultation (and the consent to the treatment) and the first session."),
    )
    late_hours = models.PositiveSmallIntegerField(
        _("hours before the start that are late"),
        default=24,
        help_text=_("From this many hours before the start, a change or cancellation is late."),
    )
    late_changes = models.CharField(
        _("late changes"),
        max_length=10,
        choices=LateChanges.choices,
        default=LateChanges.BY_PHONE,
        help_text=_("What patients may do by themselves when it is late."),
    )
    offer_minutes = models.PositiveSmallIntegerField(
        _("minutes a place from the waiting list is held"),
        default=120,
        help_text=_("So long has someone to accept it; then it is offered to the next."),
    )

    class Meta:
        abstract = True
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__range": (least, most)}), name=f"clinic_{name}_{least}_to_{most}"
                )
                for name, (least, most) in RANGES.items()
            ),
            models.CheckConstraint(
                condition=Q(late_changes__in=LateChanges.values), name="clinic_late_changes_are_known"
            ),
        ]

    def clean(self) -> None:
        """Says at the right field what the constraints would refuse."""
        super().clean()
        errors = {
            name: _("Give a number from %(least)s to %(most)s.") % {"least": least, "most": most}
            for name, (least, most) in RANGES.items()
            if getattr(self, name) is not None and not least <= getattr(self, name) <= most
        }
        if errors:
            raise ValidationError(errors)
