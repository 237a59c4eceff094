"""What staff decide about each appointment that time off or a closure hits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.actions.absences import Decision, Verdict
from bookings.enums import State
from bookings.forms.lines import LineField
from bookings.models import Appointment, Resource
from bookings.queries.absences import hit_by, place_offered, stand_ins
from clinic.models import Practitioner


class DecisionForm(forms.Form):
    """One appointment: hand it over, cancel it, or let the patient come all the same. Nothing is chosen for staff."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("What happens with it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what happens with this appointment."),
            "invalid_choice": gettext_lazy("This is no longer possible. Choose again."),
        },
    )
    reason = LineField(
        label=gettext_lazy("Reason, for the log"),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(
        self,
        data: Any,
        *,
        appointment: Appointment,
        stand_ins: Sequence[Practitioner] | Sequence[Resource] | None,
        reason: str,
    ) -> None:
        prefix = f"decision-{appointment.pk}"
        is_answered = data is not None and f"{prefix}-reason" in data
        super().__init__(data if is_answered else None, prefix=prefix, initial={"reason": reason})
        self.appointment = appointment
        self.offer = place_offered(appointment)
        self.nobody_is_free = stand_ins is not None and not stand_ins
        self.stand_ins = {f"to-{one.pk}": one for one in stand_ins or ()}
        self.fields["verdict"].choices = self.choices()  # type: ignore[attr-defined]

    def choices(self) -> list[tuple[str, str]]:
        if self.offer:
            return [(Verdict.CANCEL, _("Take the offered place back"))]
        hand_over = [(value, words_for(one)) for value, one in self.stand_ins.items()]
        is_request = self.appointment.state == State.REQUESTED
        cancel = _("Decline the request") if is_request else _("Cancel the appointment")
        return [*hand_over, (Verdict.CANCEL, cancel), (Verdict.KEEP, _("The patient comes all the same"))]

    @property
    def words(self) -> str:
        """The chosen verdict as staff read it."""
        return str(dict(self.choices())[self.cleaned_data["verdict"]])

    @property
    def changes_something(self) -> bool:
        """Whether the patient sees something else afterwards: another person, or no appointment."""
        decision = self.decision()
        return decision.verdict != Verdict.KEEP and not self.offer and not isinstance(decision.to, Resource)

    def decision(self) -> Decision:
        chosen, reason = self.cleaned_data["verdict"], self.cleaned_data["reason"]
        if chosen in self.stand_ins:
            return Decision(Verdict.HAND_OVER, to=self.stand_ins[chosen], reason=reason)
        return Decision(Verdict(chosen), reason=reason)


def words_for(stand_in: Practitioner | Resource) -> str:
    words = _("Move to %(name)s") if isinstance(stand_in, Resource) else _("Hand over to %(name)s")
    return words % {"name": stand_in}


class DecidedForm(forms.ModelForm):
    """An absence, which comes back with the appointments it hits until staff have decided about each of them."""

    # Set by the admin for each request.
    now: datetime | None = None

    def full_clean(self) -> None:
        self.asked: list[DecisionForm] = []
        super().full_clean()
        if self.is_bound and not self.errors:
            self.ask(self.now or timezone.now())

    def ask(self, now: datetime) -> None:
        hit = hit_by(self.instance, now=now)
        if held := [one for one in hit if one.state == State.HELD and not place_offered(one)]:
            self.add_error(None, being_booked(held[0]))
            return
        others = stand_ins(self.instance, hit, now=now)
        self.asked = [
            DecisionForm(self.data, appointment=one, stand_ins=others.get(one.pk), reason=self.reason()) for one in hit
        ]
        # Each of them says what is wrong with it, not only the first.
        undecided = sum([not one.is_valid() for one in self.asked])
        if undecided:
            words = ngettext(
                "%(count)s appointment falls into this time. Decide about it below.",
                "%(count)s appointments fall into this time. Decide about each of them below.",
                undecided,
            )
            self.add_error(None, words % {"count": undecided})

    def reason(self) -> str:
        """What the log says of an appointment that is cancelled, unless staff write something else."""
        raise NotImplementedError

    @property
    def decisions(self) -> dict[int, Decision]:
        """By the key of the appointment; for a form that is valid."""
        return {one.appointment.pk: one.decision() for one in self.asked}


def being_booked(held: Appointment) -> str:
    when = date_format(held.local_start, "D j M Y, H:i")
    return _("Someone is booking %(when)s at this moment. Try again in some minutes.") % {"when": when}
