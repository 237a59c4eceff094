"""The two questions after a visit."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Field, Layout, Submit
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.care.check_in import Answers, Sign
from bookings.enums import Feeling
from treatments.enums import SeekHelp

CHANGED = gettext_lazy("Our list of signs has just changed. Please look at it again")
HEADING = '{% load i18n %}<h2 class="question-title">{% translate "Do you have any of these signs?" %}</h2>'


class SignsField(forms.MultipleChoiceField):
    """Signs, each with a box to tick: none may be ticked, which `none` then says."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, error_messages={"invalid_choice": CHANGED}, **kwargs)


class CheckInForm(forms.Form):
    """Which of a page's warning signs somebody has, and how it is otherwise; a sign alone is answer enough.

    A sign counts beside “none of these” too: who ticks both is rather called once too often.
    """

    emergency = SignsField(label=gettext_lazy("Signs of an emergency"))
    clinic = SignsField(label=gettext_lazy("Signs that we want to hear of the same day"))
    none = forms.BooleanField(label=gettext_lazy("None of these"), required=False)
    feeling = forms.ChoiceField(
        label=gettext_lazy("How is it otherwise?"),
        choices=Feeling.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how it is otherwise"),
            "invalid_choice": gettext_lazy("Choose how it is otherwise"),
        },
    )

    def __init__(self, *args: Any, signs: Sequence[Sign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signs = signs
        for name, help_at in (("emergency", SeekHelp.EMERGENCY), ("clinic", SeekHelp.CLINIC)):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (sign.key, sign.words) for sign in signs if sign.seek_help == help_at
            ]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            HTML(HEADING),
            Field("emergency", template="bookings/check_in_signs.html"),
            Field("clinic", template="bookings/check_in_signs.html"),
            "none",
            Field("feeling", template="bookings/check_in_feeling.html"),
        )
        self.helper.add_input(Submit("send", _("Send the answers")))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("emergency") or data.get("clinic"):
            # Whoever has a sign is told whom to call at once, whatever else is not answered.
            self.errors.pop("feeling", None)
        elif not data.get("none") and not {"emergency", "clinic"} & set(self.errors):
            self.add_error("none", _("Tick each sign that you have, or “None of these”"))
        return data

    @property
    def answers(self) -> Answers:
        ticked = {*self.cleaned_data["emergency"], *self.cleaned_data["clinic"]}
        feeling = self.cleaned_data.get("feeling")
        return Answers(tuple(sign for sign in self.signs if sign.key in ticked), Feeling(feeling) if feeling else None)
