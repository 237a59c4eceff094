"""An appointment that is there already, as what its questions are asked for."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import screening
from bookings.actions.answer import answer_questions
from bookings.actions.booking import Screened
from bookings.models import Appointment, Screening
from bookings.queries.answered import screening_before
from bookings.screening import Answer, Part, Question
from bookings.views.answers import Answers, answers_in, given_in, plain
from bookings.views.link import token_of
from bookings.views.screening import Subject
from treatments.enums import Outcome
from treatments.models import Edition

PAGES = {
    Part.REPLY: "appointment_question",
    Part.FOLLOW_UP: "appointment_question_more",
    Part.SINCE: "appointment_question_since",
}


class AppointmentAsked(Subject):
    """Only what was never answered, or in other words, is asked; everything again, once something has changed.

    What is stored is never shown: whoever has the link may not be the one who answered.
    """

    def __init__(self, request: HttpRequest, appointment: Appointment, edition: Edition) -> None:
        super().__init__(request)
        self.appointment, self.edition = appointment, edition
        self.token = token_of(appointment)
        self.name, self.again = f"answers {appointment.reference}", f"again {appointment.reference}"
        self.latest = screening_before(appointment)
        self.everything = screening.questions(edition.content)
        # A new screening is another one: from then on its answers count again.
        asks_again = self.latest is not None and request.session.get(self.again) == self.latest.pk
        self.earlier: Answers = {} if asks_again else answers_in(self.latest)
        self.asked = screening.stale(self.everything, self.earlier)
        self.given = given_in(request, self.name)
        self.today = self.day_of(timezone.now())

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.appointment.location.zone).date()

    def url(self, number: int, part: Part) -> str:
        return reverse(f"bookings:{PAGES[part]}", args=[self.token, number])

    def before(self) -> str:
        return self.appointment.patient_path()

    def context(self) -> dict[str, Any]:
        return {"caption": _("Your appointment"), "call_phone": self.appointment.location.phone}

    def ask_again(self) -> None:
        """The stored answers do not count any more, until new ones are stored."""
        self.request.session[self.again] = self.latest.pk if self.latest else None

    def after(self) -> HttpResponse:
        """Store all answers together, those among them that were given earlier and still hold."""
        if self.asked and self.given.at:
            if self.request.method != "POST":
                # A question was taken away meanwhile: reading stores nothing, the last answer is sent once more.
                return redirect(self.url(len(self.asked), Part.REPLY))
            return self.weigh({**self.earlier, **self.given.answers}, at=self.given.at)
        return self.done()

    def done(self) -> HttpResponse:
        """Where to go with all answers stored."""
        return redirect("bookings:appointment_questions", self.token)

    def nothing_changed(self) -> HttpResponse:
        """Store the earlier answers once more, weighed anew."""
        return self.weigh(self.earlier, at=timezone.now(), unchanged=self.latest)

    def weigh(self, answers: Mapping[str, Answer], *, at: datetime, unchanged: Screening | None = None) -> HttpResponse:
        """Store answers with what they lead to, and say so; where they speak against the visit, say that instead."""
        found = screening.result(self.everything, answers, today=self.day_of(at))
        if found.blocks:
            return self.stopped(found.reasons[0].question, found.outcome)
        asked = {question.key: answers[question.key] for question in self.everything}
        self.store(Screened(self.edition, plain(asked), found.needs_review, found.not_before, at), unchanged)
        return self.done()

    def stopped(self, question: Question, outcome: Outcome) -> HttpResponse:
        """No answers are kept, but that somebody must talk to the patient: staff see it as a review that is due."""
        self.store(Screened(self.edition, {}, needs_review=True, not_before=None, at=timezone.now()))
        context = {"appointment": self.appointment, "question": question, **self.context()}
        return render(self.request, "bookings/please_call.html", context)

    def store(self, screened: Screened, unchanged: Screening | None = None) -> None:
        answer_questions(appointment=self.appointment, screened=screened, seen=self.latest, unchanged=unchanged)
        for kept in (self.name, self.again):
            self.request.session.pop(kept, None)
