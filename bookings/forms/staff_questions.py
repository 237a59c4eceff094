"""All questions before a visit on one page, for staff who read them aloud."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from bookings.enums import Reply
from bookings.models import ConsentText
from bookings.screening import Answer, Part, Question, Result, result

WHERE = {Part.REPLY: "reply", Part.FOLLOW_UP: "follow_up", Part.SINCE: "since"}


class QuestionsForm(forms.Form):
    """For each question its reply, and where they may be needed its follow-up and the day a wait counts from.

    Fields are named by number, `q1-reply`: no health fact is in a name. `text` is what the patient must agree to
    first, sent along by its fingerprint: nobody agrees to a text that was not read to them.
    """

    def __init__(
        self, *args: Any, asked: Sequence[Question], today: date, text: ConsentText | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.today, self.text = list(asked), today, text
        if text:
            self.fields["agreed"] = forms.BooleanField(
                label=_("I have read this to the patient, and they agree."),
                error_messages={"required": _("Without the patient’s consent, do not ask about their health.")},
            )
        for number, question in enumerate(self.asked, start=1):
            self.add(f"q{number}", question)

    def add(self, prefix: str, question: Question) -> None:
        needed = {"required": _("Choose an answer; “not sure” is one.")}
        self.fields[f"{prefix}-reply"] = forms.ChoiceField(
            label=question.text,
            help_text=question.reason,
            choices=Reply.choices,
            widget=forms.RadioSelect,
            error_messages=needed,
        )
        if question.follow_up:
            self.fields[f"{prefix}-follow_up"] = forms.ChoiceField(
                label=_("If yes: %(question)s") % {"question": question.follow_up},
                choices=Reply.choices,
                widget=forms.RadioSelect,
                required=False,
            )
        if question.asks_when:
            self.fields[f"{prefix}-since"] = forms.DateField(
                label=_("If yes, they wait %(wait)s %(unit)s %(since)s. Which day was that?")
                % {
                    "wait": question.wait,
                    "unit": question.wait_unit.label if question.wait_unit else "",
                    "since": question.wait_since,
                },
                widget=forms.DateInput(attrs={"type": "date", "max": self.today.isoformat()}, format="%Y-%m-%d"),
                required=False,
            )
            self.fields[f"{prefix}-no_date"] = forms.BooleanField(
                label=_("It is not over yet, or they do not know the day"), required=False
            )

    def clean(self) -> dict[str, Any]:
        for number, question in enumerate(self.asked, start=1):
            prefix = f"q{number}"
            if f"{prefix}-reply" not in self.cleaned_data:
                continue
            missing = question.missing(self.answer_to(prefix, question))
            if missing and f"{prefix}-{WHERE[missing]}" not in self.errors:
                self.add_error(f"{prefix}-{WHERE[missing]}", self.what_is_missing(missing))
            since = self.cleaned_data.get(f"{prefix}-since")
            if since and since > self.today:
                self.add_error(f"{prefix}-since", _("Enter today or a day before, or tick the box below it."))
        if self.text and self.data.get("text") != self.text.hash:
            self.add_error("agreed", _("The text has changed. Read the new one to the patient."))
        return self.cleaned_data

    def what_is_missing(self, part: Part) -> str:
        if part == Part.SINCE:
            return _("Enter the day, or tick the box below it.")
        return _("Choose an answer; “not sure” is one.")

    def answer_to(self, prefix: str, question: Question) -> Answer:
        typed = self.cleaned_data
        follow_up = typed.get(f"{prefix}-follow_up")
        return question.answered(
            Reply(typed[f"{prefix}-reply"]),
            Reply(follow_up) if follow_up else None,
            typed.get(f"{prefix}-since"),
            no_date=bool(typed.get(f"{prefix}-no_date")),
        )

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers of a valid form, by the questions' keys."""
        return {
            question.key: self.answer_to(f"q{number}", question) for number, question in enumerate(self.asked, start=1)
        }

    @property
    def result(self) -> Result:
        """What the answers of a valid form lead to today."""
        return result(self.asked, self.answers, today=self.today)
