"""The questions before a visit, one form a page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.enums import Reply
from bookings.forms.dates import TypedDateField
from bookings.screening import Answer, Part, Question

YES_OR_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


def page_of_its_own(*fields: str) -> FormHelper:
    """The layout of a page that asks one thing: the question is the page's heading."""
    helper = FormHelper()
    helper.field_template = "questions/heading.html"
    helper.layout = Layout(*fields)
    helper.add_input(Submit("continue", _("Continue")))
    return helper


class ChoiceForm(forms.Form):
    """One question with a few answers, all of them shown."""

    answer = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, label: str, hint: str, choices: Sequence[tuple[str, Any]], required: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        field.label, field.help_text = label, hint
        field.choices = choices  # type: ignore[attr-defined]
        field.error_messages = {"required": required, "invalid_choice": required}
        self.helper = page_of_its_own("answer")


class AgeForm(ChoiceForm):
    """Whether the person who comes is old enough."""

    def __init__(self, *args: Any, age: int, **kwargs: Any) -> None:
        super().__init__(
            *args,
            label=_("Are you %(age)d or over?") % {"age": age},
            hint=_("If you book for someone else, answer for them."),
            choices=YES_OR_NO,
            required=_("Choose yes if you are %(age)d or over") % {"age": age},
            **kwargs,
        )


class ChangedForm(ChoiceForm):
    """Whether anything has changed since the last answers, which the form names: a second click changes nothing."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args,
            label=_("Has anything changed since you answered our questions?"),
            hint=_("If you are not sure, choose yes: we then ask them again."),
            choices=YES_OR_NO,
            required=_("Choose yes if anything has changed"),
            **kwargs,
        )


class ConsentForm(forms.Form):
    """Agreeing to one text, which the form names by its fingerprint: nobody agrees to a text they have not seen."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=64)
    agree = forms.BooleanField(
        label=gettext_lazy("I agree that you use my data, also about my health, as described here."),
        error_messages={"required": gettext_lazy("Tick the box if you agree. If you do not, please call us")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = page_of_its_own("agree")


class PartForm(forms.Form):
    """One part of one question, which the form names by its fingerprint: an answer belongs to its words."""

    asked = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, question: Question, before: Answer | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"asked": question.fingerprint, **self.said(before)}
        super().__init__(*args, **kwargs)
        self.question, self.before = question, before
        self.helper = page_of_its_own(*(name for name in self.fields if name != "asked"))

    def said(self, before: Answer | None) -> dict[str, Any]:
        """What was answered before, as the fields hold it."""
        raise NotImplementedError

    @property
    def answer(self) -> Answer:
        """The whole answer with this part; whatever else was said before, and still applies, stays."""
        raise NotImplementedError


class ReplyForm(PartForm):
    """Yes, no or not sure: to the question itself, or after a yes to its follow-up."""

    reply = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=Reply.choices,
        error_messages={
            "required": gettext_lazy("Choose an answer; “not sure” is one"),
            "invalid_choice": gettext_lazy("Choose an answer; “not sure” is one"),
        },
    )
    part = Part.REPLY

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_first = self.part == Part.REPLY
        self.fields["reply"].label = self.question.text if is_first else self.question.follow_up
        self.fields["reply"].help_text = self.question.reason if is_first else ""

    def said(self, before: Answer | None) -> dict[str, Any]:
        return {"reply": before.reply if before else None}

    @property
    def answer(self) -> Answer:
        reply, before = Reply(self.cleaned_data["reply"]), self.before
        if before is None:
            return self.question.answered(reply)
        return self.question.answered(reply, before.follow_up, before.since, no_date=before.no_date)


class FollowUpForm(ReplyForm):
    part = Part.FOLLOW_UP

    def said(self, before: Answer | None) -> dict[str, Any]:
        return {"reply": before.follow_up if before else None}

    @property
    def answer(self) -> Answer:
        reply, before = Reply(self.cleaned_data["reply"]), self.before
        if before is None:
            raise ValueError("a follow-up without a reply")
        return self.question.answered(before.reply, reply, before.since, no_date=before.no_date)


class SinceForm(PartForm):
    """The day from which a wait counts, or that it has not come yet or is not known."""

    since = TypedDateField(
        label=gettext_lazy("Which day do we count from?"),
        required=False,
        error_messages={"latest": gettext_lazy("Enter today or a day before, or tick the box below it")},
    )
    no_date = forms.BooleanField(label=gettext_lazy("It is not over yet, or I do not know the day"), required=False)

    def __init__(self, *args: Any, today: date, wait: str, **kwargs: Any) -> None:
        """`wait`: how long and from when, such as “14 days after it has healed”."""
        super().__init__(*args, **kwargs)
        self.fields["since"].latest = today  # type: ignore[attr-defined]
        self.fields["since"].help_text = _("We ask you to wait %(wait)s.") % {"wait": wait}

    def said(self, before: Answer | None) -> dict[str, Any]:
        return {"since": before.since, "no_date": before.no_date} if before else {}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "since" in data and bool(data["since"]) == data["no_date"]:
            both = _("Enter the day, or tick the box: not both")
            self.add_error("since", both if data["since"] else _("Enter the day, or tick the box below it"))
        return data

    @property
    def answer(self) -> Answer:
        before = self.before
        if before is None:
            raise ValueError("a day without a reply")
        since, no_date = self.cleaned_data["since"], self.cleaned_data["no_date"]
        return self.question.answered(before.reply, before.follow_up, since, no_date=no_date)
