"""Which places someone on the waiting list would take."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.actions.join import Wanted
from bookings.enums import PartOfDay
from bookings.forms.dates import PARTS as DATE_PARTS
from bookings.forms.dates import TypedDateField
from bookings.models import WaitingEntry
from clinic.models import WEEKDAYS, Practitioner
from clinic.texts import text_of

PARTS = [
    (PartOfDay.MORNING, _("Morning, before 12:00")),
    (PartOfDay.AFTERNOON, _("Afternoon, 12:00 to 17:00")),
    (PartOfDay.EVENING, _("Evening, from 17:00")),
]
LAST_DAY = tuple(f"last_day_{part}" for part in DATE_PARTS)
# As much of a part of a date as the session keeps.
LONGEST = 20
WRONG = {"invalid_choice": _("Choose one of these")}


class WaitingForm(forms.Form):
    """Days, parts of the day, until when and with whom; what is left empty is any.

    `weekdays` are those that are worked, in order; `today` is the location's date.
    """

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
    last_day = TypedDateField(
        label=_("Until which day?"),
        help_text=_("The last day that suits you. If you leave it empty, any day is right."),
        required=False,
        error_messages={"earliest": _("Enter today or a later day")},
    )
    practitioner = forms.ChoiceField(
        label=_("With whom?"), required=False, widget=forms.RadioSelect, error_messages=WRONG
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[Practitioner],
        weekdays: Sequence[int],
        today: date,
        button: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.slug: person for person in people}
        names, fields = dict(WEEKDAYS), dict[str, Any](self.fields)
        fields["weekdays"].choices = [(day, names[day]) for day in weekdays]
        fields["last_day"].earliest = today
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
        person = self.people.get(found.get("practitioner", ""))
        return Wanted(person, found["weekdays"], found["parts"], found["last_day"])

    @property
    def kept(self) -> dict[str, Any]:
        """What was ticked and typed, once the form is valid, for the session to keep and for this form to read."""
        found = self.cleaned_data
        ticked = {name: found.get(name, "") for name in ("weekdays", "parts", "practitioner")}
        return {**ticked, **{part: self.data.get(part, "")[:LONGEST] for part in LAST_DAY}}


def as_initial(entry: WaitingEntry | None) -> dict[str, Any]:
    """What an entry waits for, as the first values of the form."""
    if entry is None:
        return {"practitioner": ""}
    person = entry.practitioner.slug if entry.practitioner else ""
    return {
        "weekdays": entry.weekdays,
        "parts": entry.parts,
        "practitioner": person,
        "last_day": entry.last_day,
    }


def as_typed(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What `kept` gave, as the first values of the form."""
    return {"practitioner": "", **kept, "last_day": [kept.get(part, "") for part in LAST_DAY]}
