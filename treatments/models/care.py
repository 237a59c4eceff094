"""Preparation, the steps of a visit, aftercare, the plan of sessions and the substances."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from treatments.enums import Unit
from treatments.models.rows import Row


def from_to(name: str, low: str, high: str, *, least: int = 0) -> models.CheckConstraint:
    """A range either end of which may be open."""
    return models.CheckConstraint(
        condition=(Q(**{f"{low}__isnull": True}) | Q(**{f"{low}__gte": least}))
        & (Q(**{f"{high}__isnull": True}) | Q(**{f"{high}__gte": least}))
        & (Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)})),
        name=name,
        violation_error_message=_("The first number must not be larger than the second."),
    )


class Preparation(Row):
    """What to do, or not to do, before a visit."""

    text = models.CharField(
        _("what"), max_length=250, help_text=_("Start with the verb; “Do not …” where it is a do not.")
    )
    reason = models.TextField(_("why"), blank=True)
    is_do = models.BooleanField(_("do"), default=True, help_text=_("Unticked: it stands in the “Do not” card."))
    days_before = models.PositiveSmallIntegerField(
        _("days before"), null=True, blank=True, help_text=_("0: on the day. Empty: at all times.")
    )

    class Meta(Row.Meta):
        verbose_name = _("preparation")
        verbose_name_plural = _("how to prepare")

    def __str__(self) -> str:
        return self.text or ""


class Step(Row):
    """One step of a visit, in order."""

    title = models.CharField(_("step"), max_length=120)
    text = models.TextField(_("what happens"))

    class Meta(Row.Meta):
        verbose_name = _("step of the visit")
        verbose_name_plural = _("what happens")

    def __str__(self) -> str:
        return self.title or ""


class Aftercare(Row):
    """What to do, or not to do, after a visit; without hours, until the clinician says so."""

    text = models.CharField(
        _("what"), max_length=250, help_text=_("Start with the verb; “Do not …” where it is a do not.")
    )
    reason = models.TextField(_("why"), blank=True)
    is_do = models.BooleanField(_("do"), default=True, help_text=_("Unticked: it stands in the “Do not” card."))
    hours = models.PositiveSmallIntegerField(
        _("for how many hours"),
        null=True,
        blank=True,
        help_text=_("Counted from the end of the visit. Empty: no fixed time."),
    )
    until = models.CharField(
        _("until when, in words"),
        max_length=120,
        blank=True,
        help_text=_("Without hours, such as: until your clinician says so."),
    )

    class Meta(Row.Meta):
        verbose_name = _("aftercare")
        verbose_name_plural = _("aftercare")
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0, until=""),
                name="aftercare_hours_or_words",
                violation_error_message=_("Give hours or words, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.text or ""

    def clean(self) -> None:
        """Says at the right field what the constraint on a translated column would refuse."""
        if self.hours == 0:
            raise ValidationError({"hours": _("Give at least one hour, or leave it empty.")})
        if self.hours is not None and self.in_default_language("until"):
            raise ValidationError({"hours": _("Give hours or words, not both.")})


class SessionPhase(Row):
    """One phase of the session plan: how many sessions and the gap between them; either end may be open."""

    name = models.CharField(_("phase"), max_length=80, help_text=_("Such as: First course, Upkeep."))
    sessions_from = models.PositiveSmallIntegerField(_("sessions from"), null=True, blank=True)
    sessions_to = models.PositiveSmallIntegerField(_("sessions to"), null=True, blank=True)
    gap_from = models.PositiveSmallIntegerField(_("gap from"), null=True, blank=True)
    gap_to = models.PositiveSmallIntegerField(_("gap to"), null=True, blank=True)
    gap_unit = models.CharField(_("days, weeks or months"), max_length=10, choices=Unit, default=Unit.DAY)
    is_optional = models.BooleanField(_("if wished"), default=False)
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta(Row.Meta):
        verbose_name = _("session phase")
        verbose_name_plural = _("sessions")
        constraints = [
            *Row.Meta.constraints,
            from_to("session_phase_sessions_from_to", "sessions_from", "sessions_to", least=1),
            from_to("session_phase_gap_from_to", "gap_from", "gap_to", least=1),
        ]

    def __str__(self) -> str:
        return self.name or ""


class Substance(Row):
    """What may be injected."""

    name = models.CharField(_("substance"), max_length=120)
    text = models.TextField(_("what it is"), blank=True)

    class Meta(Row.Meta):
        verbose_name = _("substance")
        verbose_name_plural = _("what is injected")

    def __str__(self) -> str:
        return self.name or ""
