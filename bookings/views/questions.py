"""The questions of a booking that is under way."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions.hold import release
from bookings.screening import Answer, Part, Question
from bookings.screening.findings import BLOCKING
from bookings.views.answers import given_in
from bookings.views.held import renew_held
from bookings.views.offer import Offer
from bookings.views.screening import Subject, ask
from bookings.views.steps import day_of, give_up, next_step, result_of, with_offer_to_ask
from bookings.views.visitor import ANSWERS, current_hold, forget_chosen, visitor_of
from treatments.enums import Outcome

PAGES = {Part.REPLY: "question", Part.FOLLOW_UP: "question_more", Part.SINCE: "question_since"}


class BookingUnderWay(Subject):
    """The answers stay in the session, sealed, until they are sent; they serve every treatment that asks the same."""

    name = ANSWERS

    def __init__(self, request: HttpRequest, offer: Offer) -> None:
        super().__init__(request)
        self.offer = offer
        self.asked = offer.questions
        self.given = given_in(request, ANSWERS)
        self.today = day_of(timezone.now(), offer)

    def url(self, number: int, part: Part) -> str:
        return reverse(f"bookings:{PAGES[part]}", args=[self.offer.treatment.slug, number])

    def before(self) -> str:
        return reverse("bookings:consent", args=[self.offer.treatment.slug])

    def after(self) -> HttpResponse:
        found = result_of(self.request, self.offer)
        if found and found.blocks:
            # The words are the same as when it was answered, but the clinic weighs them otherwise by now.
            in_the_way = next(one.question for one in found.reasons if one.outcome in BLOCKING)
            return redirect(self.url(self.asked.index(in_the_way) + 1, Part.REPLY))
        held = current_hold(self.request) if self.request.method == "POST" else None
        if held and found and found.not_before and held.local_start.date() < found.not_before:
            release(visitor=visitor_of(self.request))
            forget_chosen(self.request)
        return redirect(next_step(self.request, self.offer))

    def stopped(self, question: Question, outcome: Outcome) -> HttpResponse:
        give_up(self.request)
        context = {"question": question, "outcome": outcome.value, "again": self.url(1, Part.REPLY), **self.context()}
        return render(self.request, "bookings/stopped.html", context)

    def rows(self) -> list[tuple[Question, Answer, str]]:
        """Each question with its answer and the page where it can be changed."""
        return [
            (question, self.given.answers[question.key], self.url(number, Part.REPLY))
            for number, question in enumerate(self.asked, start=1)
        ]

    def context(self) -> dict[str, Any]:
        return {"caption": self.offer.reading.content["name"]}


@require_safe
@with_offer_to_ask
def questions(request: HttpRequest, offer: Offer) -> HttpResponse:
    """To the first question that is not answered; when all are, what was answered, to be read again or changed."""
    subject = BookingUnderWay(request, offer)
    found = result_of(request, offer)
    if found is None or found.blocks or not offer.questions:
        return subject.go_on()
    context = {"rows": subject.rows(), "result": found, "onwards": next_step(request, offer), **subject.context()}
    return render(request, "bookings/your_answers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_offer_to_ask
def question(request: HttpRequest, offer: Offer, number: int, part: Part) -> HttpResponse:
    """Whoever goes back to change an answer goes on holding their time, unless the answer freed it."""
    answer = ask(BookingUnderWay(request, offer), number, part)
    elsewhere = renew_held(request, offer) if request.method == "POST" else None
    return elsewhere or answer
