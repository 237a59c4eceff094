"""Who must not have a treatment, and what can go wrong."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treatments.enums import Frequency, Onset, Outcome, SeekHelp, Unit
from treatments.models.rows import Row


class Contraindication(Row):
    """A reason not to have the treatment, the question that finds it out, and what a yes leads to.

    A follow-up question is asked after a yes; a no to it leads to `outcome_if_no`. *Not sure* always means that
    a clinician reviews it. A row with `minimum_age` is answered by the age question.
    """

    name = models.CharField(_("who"), max_length=160, help_text=_("As on the page: people who …"))
    reason = models.TextField(_("why"), help_text=_("One sentence, shown on the page and under the question."))
    question = models.CharField(_("question"), max_length=250, blank=True, help_text=_("Answered yes, no or not sure."))
    follow_up = models.CharField(_("question after a yes"), max_length=250, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    outcome_if_no = models.CharField(_("outcome if the follow-up is no"), max_length=20, choices=Outcome, blank=True)
    advice = models.TextField(
        _("advice"), blank=True, help_text=_("What to do now, such as: keep taking your medicine.")
    )
    wait = models.PositiveSmallIntegerField(_("wait for"), null=True, blank=True)
    wait_unit = models.CharField(_("days, weeks or months"), max_length=10, choices=Unit, blank=True)
    wait_since = models.CharField(
        _("counted from"), max_length=120, blank=True, help_text=_("Such as: after the last dose.")
    )
    minimum_age = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)

    class Meta(Row.Meta):
        verbose_name = _("contraindication")
        verbose_name_plural = _("who should not have it")
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values) & (Q(outcome_if_no="") | Q(outcome_if_no__in=Outcome.values)),
                name="contraindication_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.WAIT, wait__isnull=False, wait__gt=0, wait_unit__in=Unit.values)
                | (~Q(outcome=Outcome.WAIT) & Q(wait__isnull=True, wait_unit="")),
                name="contraindication_wait_has_a_length",
                violation_error_message=_("“Wait” needs a length and its unit; other outcomes have none."),
            ),
            models.CheckConstraint(
                condition=(Q(minimum_age__isnull=True) & ~Q(question=""))
                | Q(minimum_age__isnull=False, question="", outcome=Outcome.NOT_SUITABLE),
                name="contraindication_question_or_age",
                violation_error_message=_("Write a question, or give the youngest age with “Not suitable”."),
            ),
            models.CheckConstraint(
                condition=Q(follow_up="", outcome_if_no="") | (~Q(follow_up="") & ~Q(outcome_if_no="")),
                name="contraindication_follow_up_has_an_outcome",
                violation_error_message=_("A follow-up question needs the outcome of a no, and the other way round."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or ""

    def clean(self) -> None:
        """Says at the right field what the constraints on translated columns would refuse."""
        question, follow_up = self.in_default_language("question"), self.in_default_language("follow_up")
        if not question and self.minimum_age is None:
            raise ValidationError({"question_en": _("Write the question, or give the youngest age.")})
        if self.minimum_age is not None and (question or self.outcome != Outcome.NOT_SUITABLE):
            raise ValidationError({"minimum_age": _("A youngest age has no question, and the outcome “Not suitable”.")})
        if bool(follow_up) != bool(self.outcome_if_no):
            raise ValidationError(
                {"outcome_if_no": _("A follow-up question needs the outcome of a no, and the other way round.")}
            )


class Complication(Row):
    """Something that can go wrong. With `seek_help`, `warning_sign` stands in the seek-help card."""

    name = models.CharField(_("what"), max_length=160)
    text = models.TextField(
        _("in plain words"), blank=True, help_text=_("Say how it looks on brown and black skin too.")
    )
    frequency = models.CharField(
        _("how common"),
        max_length=20,
        choices=Frequency,
        default=Frequency.NOT_KNOWN,
        help_text=_("Anything but “not known” needs a reference."),
    )
    figure = models.CharField(
        _("figure"), max_length=250, blank=True, help_text=_("What a study counted; needs a reference.")
    )
    onset = models.CharField(_("early or late"), max_length=10, choices=Onset)
    seek_help = models.CharField(_("seek help"), max_length=10, choices=SeekHelp, blank=True)
    warning_sign = models.CharField(
        _("warning sign"), max_length=250, blank=True, help_text=_("As in the seek-help card.")
    )
    is_serious = models.BooleanField(_("serious"), default=False)

    class Meta(Row.Meta):
        verbose_name = _("complication")
        verbose_name_plural = _("what can go wrong")
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values, onset__in=Onset.values),
                name="complication_frequency_and_onset_are_known",
            ),
            models.CheckConstraint(
                condition=Q(seek_help="", warning_sign="") | (Q(seek_help__in=SeekHelp.values) & ~Q(warning_sign="")),
                name="complication_seek_help_has_a_sign",
                violation_error_message=_("Write the warning sign, and whom to call about it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or ""

    def clean(self) -> None:
        """Says at the right field what the constraint on a translated column would refuse."""
        if bool(self.in_default_language("warning_sign")) != bool(self.seek_help):
            raise ValidationError({"seek_help": _("Write the warning sign, and whom to call about it.")})
