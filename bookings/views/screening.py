"""The questions before a visit, one part of one question a page; whoever they are about."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bookings.forms.screening import FollowUpForm, PartForm, ReplyForm, SinceForm
from bookings.screening import Answer, Part, Question, next_step
from bookings.screening.findings import BLOCKING
from bookings.views.answers import Given, keep_given
from treatments.enums import Outcome
from treatments.templatetags.content import waiting_time

FORMS: Mapping[Part, type[PartForm]] = {Part.REPLY: ReplyForm, Part.FOLLOW_UP: FollowUpForm, Part.SINCE: SinceForm}


class Subject(ABC):
    """What the questions are asked for: a booking under way, or an appointment opened by its link.

    `asked` are the questions, numbered from 1; `given` what was answered so far, which the session keeps under `name`.
    """

    name: str
    asked: list[Question]
    given: Given
    today: date

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @abstractmethod
    def url(self, number: int, part: Part) -> str:
        """The path of a page of a question."""

    @abstractmethod
    def before(self) -> str:
        """The path of the page before the first question."""

    @abstractmethod
    def after(self) -> HttpResponse:
        """The answer to whoever has answered everything."""

    @abstractmethod
    def stopped(self, question: Question, outcome: Outcome) -> HttpResponse:
        """The page of an answer with which there is no visit now; the answers are dropped."""

    @abstractmethod
    def context(self) -> dict[str, Any]:
        """What a question's page shows around it."""

    def go_on(self) -> HttpResponse:
        """To the first question that is not answered, or past them all."""
        step = next_step(self.asked, self.given.answers)
        if step is None:
            return self.after()
        return redirect(self.url(self.asked.index(step.question) + 1, step.part))

    def keep(self, question: Question, answer: Answer) -> None:
        self.given = self.given.with_answer(question, answer, at=timezone.now())
        keep_given(self.request, self.name, self.given)

    def answer_to(self, question: Question) -> Answer | None:
        """What was answered to these very words."""
        answer = self.given.answers.get(question.key)
        return answer if answer and answer.fingerprint == question.fingerprint else None


def ask(subject: Subject, number: int, part: Part) -> HttpResponse:
    """One page: shows a part of a question, takes the answer, and leads on."""
    if not 1 <= number <= len(subject.asked):
        return subject.go_on()
    question, request = subject.asked[number - 1], subject.request
    before = subject.answer_to(question)
    if part not in parts(question, before):
        return redirect(subject.url(number, Part.REPLY))
    form = form_for(question, part, before, subject)
    if request.method != "POST":
        return page(subject, number, part, form)
    if request.POST.get("asked") != question.fingerprint:
        # Its words, or the order of the questions, have changed since the page was shown.
        return subject.go_on()
    if not form.is_valid():
        return page(subject, number, part, form, status=422)
    answer = form.answer
    then = following(question, answer, part)
    outcome = question.leads_to(answer.reply, answer.follow_up)
    if outcome in BLOCKING and then is None:
        return subject.stopped(question, Outcome(outcome))
    subject.keep(question, answer)
    return redirect(subject.url(number, then)) if then else subject.go_on()


def parts(question: Question, answer: Answer | None) -> list[Part]:
    """The parts of a question that are asked of whoever answers like this."""
    asked = [Part.REPLY]
    if answer is None:
        return asked
    outcome = question.leads_to(answer.reply, answer.follow_up)
    if outcome is None or answer.follow_up:
        asked.append(Part.FOLLOW_UP)
    return [*asked, Part.SINCE] if outcome == Outcome.WAIT else asked


def following(question: Question, answer: Answer, part: Part) -> Part | None:
    """The part of the same question that comes next, also if it was answered before."""
    asked = parts(question, answer)
    return next(iter(asked[asked.index(part) + 1 :]), None)


def form_for(question: Question, part: Part, before: Answer | None, subject: Subject) -> PartForm:
    data = subject.request.POST if subject.request.method == "POST" else None
    extra = {"today": subject.today, "wait": waiting_time(asdict(question))} if part == Part.SINCE else {}
    return FORMS[part](data, question=question, before=before, **extra)


def page(subject: Subject, number: int, part: Part, form: PartForm, *, status: int = 200) -> HttpResponse:
    question = subject.asked[number - 1]
    asked = parts(question, subject.answer_to(question))
    earlier = asked[asked.index(part) - 1] if part != Part.REPLY else None
    if earlier:
        back = subject.url(number, earlier)
    else:
        back = subject.url(number - 1, Part.REPLY) if number > 1 else subject.before()
    context = {
        "form": form,
        "question": question,
        "part": part.value,
        "number": number,
        "total": len(subject.asked),
        "back": back,
        **subject.context(),
    }
    return render(subject.request, "bookings/question.html", context, status=status)
