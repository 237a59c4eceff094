"""Which places someone on the waiting list would take."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.actions.join import Wanted
from bookings.enums import PartOfDay
from bookings.models import WaitingEntry
from clinic.models import WEEKDAYS, Practitioner
from clinic.texts import text_of

PARTS = [
    (PartOfDay.MORNING, _("Morning, before 12:00")),
    (PartOfDay.AFTERNOON, _("Afternoon, 12:00 to 17:00")),
    (PartOfDay.EVENING, _("Evening, from 17:00")),
]
WRONG = {"invalid_choice": _("Choose one of these")}


class WaitingForm(forms.Form):
    """Days, parts of the day and with whom; nothing ticked is any. `weekdays` are those that are worked, in order."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        help_text=_("Tick all that suit you. If you tick none, any day is right."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=WRONG,
    )
    parts = forms.MultipleChoiceField(
        label=_("At what time of day?"),
        help_text=_("If you tick none, any time is right."),
        choices=PARTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=WRONG,
    )
    practitioner = forms.ChoiceField(
        label=_("With whom?"), required=False, widget=forms.RadioSelect, error_messages=WRONG
    )

    def __init__(
        self, *args: Any, people: Sequence[Practitioner], weekdays: Sequence[int], button: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.slug: person for person in people}
        names, fields = dict(WEEKDAYS), dict[str, Any](self.fields)
        fields["weekdays"].choices = [(day, names[day]) for day in weekdays]
        fields["practitioner"].choices = [
            ("", _("Anyone")),
            *((person.slug, text_of(person, "name")) for person in people),
        ]
        if len(people) < 2:
            del self.fields["practitioner"]
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields)
        self.helper.add_input(Submit("wait", button))

    @property
    def wanted(self) -> Wanted:
        """What was ticked, once the form is valid."""
        found = self.cleaned_data
        return Wanted(self.people.get(found.get("practitioner", "")), found["weekdays"], found["parts"])


def as_initial(entry: WaitingEntry | None) -> dict[str, Any]:
    """What an entry waits for, as the first values of the form."""
    if entry is None:
        return {"practitioner": ""}
    person = entry.practitioner.slug if entry.practitioner else ""
    return {"weekdays": entry.weekdays, "parts": entry.parts, "practitioner": person}
