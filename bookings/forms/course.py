"""What a patient sends about a course: that they agree, and the times they saw."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.enums import ConsentKind
from bookings.forms.times import StartField
from bookings.models import ConsentText
from clinic.models import Practitioner


class AgreeForm(forms.Form):
    """Each text with a box of its own, and its fingerprint: nobody agrees to a text they have not seen."""

    LABELS = {
        ConsentKind.DATA: gettext_lazy("I agree that you use my data, also about my health, as described here."),
        ConsentKind.TERMS: gettext_lazy("I agree to these terms."),
    }

    def __init__(self, *args: Any, texts: Sequence[ConsentText], treatment: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        for text in texts:
            self.fields[f"text_{text.kind}"] = forms.CharField(widget=forms.HiddenInput, initial=text.hash)
            self.fields[f"agree_{text.kind}"] = forms.BooleanField(
                label=self.LABELS.get(ConsentKind(text.kind)) or _("I agree to this treatment: %s.") % treatment,
                error_messages={"required": _("Tick the box if you agree. If you do not, please call us")},
            )

    @property
    def pairs(self) -> list[tuple[ConsentText, BoundField]]:
        return [(text, self[f"agree_{text.kind}"]) for text in self.texts]

    @property
    def saw_all(self) -> bool:
        """Whether what was sent names the very texts that are in force."""
        return all(self.data.get(f"text_{text.kind}") == text.hash for text in self.texts)


class SetForm(forms.Form):
    """The times of several sessions by number, each with a practitioner; `seen` is where a session was before."""

    def __init__(
        self,
        data: Any,
        *,
        numbers: Iterable[int],
        practitioners: Iterable[Practitioner],
        with_seen: bool = False,
    ) -> None:
        super().__init__(data)
        self.people = {person.slug: person for person in practitioners}
        self.numbers = [number for number in numbers if f"start_{number}" in data]
        for number in self.numbers:
            self.fields[f"start_{number}"] = StartField()
            self.fields[f"with_{number}"] = forms.ChoiceField(choices=[(slug, slug) for slug in self.people])
            if with_seen:
                self.fields[f"seen_{number}"] = StartField()

    @property
    def sessions(self) -> dict[int, tuple[datetime, Practitioner]]:
        data = self.cleaned_data
        return {number: (data[f"start_{number}"], self.people[data[f"with_{number}"]]) for number in self.numbers}

    def seen(self, number: int) -> datetime:
        found: datetime = self.cleaned_data[f"seen_{number}"]
        return found
