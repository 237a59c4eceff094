"""Planning a course of sessions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.enums import Unit

Phase = dict[str, Any]


def first_phase(content: Any) -> Phase | None:
    """The first phase of an edition's session plan that everyone goes through; None without one."""
    return next((row for row in content["sessions"] if not row.get("is_optional")), None)


def proposed(phase: Phase | None) -> dict[str, Any]:
    """What the form begins with: the phase as the plan has it; a number that the plan leaves open is left open."""
    if phase is None:
        return {"gap_unit": Unit.DAY}
    fixed = phase["sessions_from"] if phase["sessions_from"] == phase["sessions_to"] else None
    return {
        "phase": phase["name"],
        "sessions": fixed,
        "gap_from": phase["gap_from"],
        "gap_to": phase["gap_to"],
        "gap_unit": phase["gap_unit"],
    }


class PlanForm(forms.Form):
    """How many sessions, how far apart."""

    phase = forms.CharField(label=gettext_lazy("Phase"), max_length=80)
    sessions = forms.IntegerField(label=gettext_lazy("Number of sessions"), min_value=1, max_value=20)
    gap_from = forms.IntegerField(
        label=gettext_lazy("From one to the next, at least"), min_value=1, max_value=400, required=False
    )
    gap_to = forms.IntegerField(
        label=gettext_lazy("At most"),
        min_value=1,
        max_value=400,
        required=False,
        help_text=gettext_lazy("Empty: as long as it takes."),
    )
    gap_unit = forms.ChoiceField(label=gettext_lazy("Counted in"), choices=Unit.choices)

    def __init__(self, *args: Any, phase: Phase | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if phase and (said := range_in_words(phase["sessions_from"], phase["sessions_to"])):
            self.fields["sessions"].help_text = said

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        least, most = typed.get("gap_from"), typed.get("gap_to")
        if typed.get("sessions") == 1:
            # One session has no distance to another; the plan keeps the smallest.
            return {**typed, "gap_from": least or 1, "gap_to": None}
        if least is None and "gap_from" not in self.errors:
            self.add_error("gap_from", _("Say how far apart the sessions are."))
        if least and most and most < least:
            self.add_error("gap_to", _("This must not be less than the least."))
        return typed


def range_in_words(least: int | None, most: int | None) -> str:
    """What the treatment's page says of the number of sessions; empty where it says nothing."""
    if least and most:
        said = _("The page says %(least)s.") if least == most else _("The page says %(least)s to %(most)s.")
        return said % {"least": least, "most": most}
    if least:
        return _("The page says at least %(least)s.") % {"least": least}
    return _("The page says at most %(most)s.") % {"most": most} if most else _("The page leaves it open.")
