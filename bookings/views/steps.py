"""The steps before a time is chosen: age, consent to data use, questions; and what they led to."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bookings import screening
from bookings.actions.booking import Agreed, Screened
from bookings.actions.hold import release
from bookings.enums import ConsentKind
from bookings.views.answers import given_in, plain
from bookings.views.offer import Offer, with_offer_ungated
from bookings.views.visitor import (
    ANSWERS,
    become_visitor,
    booked_by,
    current_hold,
    details_of,
    forget_details,
    visitor_of,
)

AGE, CONSENT = "age", "consent"


def missing_step(request: HttpRequest, offer: Offer) -> str | None:
    """The path of the first step that is still to be taken before a time may be chosen; None when there is none."""
    if missing := missing_before_questions(request, offer):
        return missing
    found = result_of(request, offer)
    return reverse("bookings:questions", args=[offer.treatment.slug]) if found is None or found.blocks else None


def missing_age(request: HttpRequest, offer: Offer) -> str | None:
    return None if age_passed(request, offer) else reverse("bookings:age", args=[offer.treatment.slug])


def missing_before_questions(request: HttpRequest, offer: Offer) -> str | None:
    """The path of what comes before any question about health; None when both steps were taken."""
    if missing := missing_age(request, offer):
        return missing
    if data_consent_of(request, offer) is None:
        return reverse("bookings:consent", args=[offer.treatment.slug])
    return None


def next_step(request: HttpRequest, offer: Offer) -> str:
    """Where to go from here: to what is missing, else back to where the visitor came from, as far as they had come."""
    if missing := missing_step(request, offer):
        return missing
    held = current_hold(request)
    if held is None or held.treatment_id != offer.treatment.pk:
        step = "where"
    else:
        step = "check" if details_of(request) else "details"
    return reverse(f"bookings:{step}", args=[offer.treatment.slug])


def step_before_time(offer: Offer) -> str:
    """The path of the page before the calendar: where to come, or with one place only the last step."""
    if len(offer.locations) > 1:
        return reverse("bookings:where", args=[offer.treatment.slug])
    return last_step(offer)


def last_step(offer: Offer) -> str:
    """The path of the last step before the place is chosen."""
    slug = offer.treatment.slug
    if offer.questions:
        return reverse("bookings:question", args=[slug, len(offer.questions)])
    return reverse("bookings:consent", args=[slug])


def gated_by(find_missing: Callable[[HttpRequest, Offer], str | None]) -> Callable[..., Callable[..., HttpResponse]]:
    """A decorator that gives a view the offer behind `slug`, or leads to the path that is missing before it."""

    def decorator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @with_offer_ungated
        @wraps(view)
        def wrapper(request: HttpRequest, offer: Offer, **kwargs: Any) -> HttpResponse:
            missing = find_missing(request, offer)
            return redirect(missing) if missing else view(request, offer, **kwargs)

        return wrapper

    return decorator


def missing_unless_booked(request: HttpRequest, offer: Offer) -> str | None:
    """As `missing_step`; but whoever has just booked is led to the appointment by the view: the answers are gone."""
    has_booked = current_hold(request) is None and booked_by(request).exists()
    return None if has_booked else missing_step(request, offer)


# Before the consent; before a question; before a place and a time; before what comes with a held time.
with_offer_after_age = gated_by(missing_age)
with_offer_to_ask = gated_by(missing_before_questions)
with_offer = gated_by(missing_step)
with_offer_or_booked = gated_by(missing_unless_booked)


def age_passed(request: HttpRequest, offer: Offer) -> bool:
    """Whether the person who comes was said to be as old as this treatment asks for."""
    return request.session.get(AGE, 0) >= (offer.minimum_age or 0)


def pass_age(request: HttpRequest, age: int) -> None:
    request.session[AGE] = max(age, request.session.get(AGE, 0))


def fail_age(request: HttpRequest) -> None:
    request.session.pop(AGE, None)
    give_up(request)


def data_consent_of(request: HttpRequest, offer: Offer) -> Agreed | None:
    """The consent to the use of data, if it was given to the text that is in force in the page's language."""
    text, given = offer.consents[ConsentKind.DATA], request.session.get(CONSENT)
    if not given or (given["language"], given["hash"]) != (text.language, text.hash):
        return None
    return Agreed(text, datetime.fromisoformat(given["at"]))


def agree(request: HttpRequest, offer: Offer, *, now: datetime) -> None:
    """Remember to which text the visitor agreed, and when; from now on the session is a visitor's."""
    text = offer.consents[ConsentKind.DATA]
    become_visitor(request)
    request.session[CONSENT] = {
        "kind": text.kind,
        "language": text.language,
        "version": text.version,
        "hash": text.hash,
        "at": now.isoformat(),
    }


def disagree(request: HttpRequest) -> None:
    """Without consent no answer about health is kept."""
    request.session.pop(CONSENT, None)
    request.session.pop(ANSWERS, None)


def give_up(request: HttpRequest) -> None:
    """Nothing of what was answered, typed or held is kept."""
    if visitor := visitor_of(request):
        release(visitor=visitor)
    forget_details(request)


def result_of(request: HttpRequest, offer: Offer) -> screening.Result | None:
    """What the answers in the session lead to for this treatment; None while one is missing."""
    given = given_in(request, ANSWERS)
    if screening.stale(offer.questions, given.answers):
        return None
    return screening.result(offer.questions, given.answers, today=day_of(given.at, offer))


def day_of(at: datetime | None, offer: Offer) -> date:
    """The day on which the answers were given, by the clock of the clinic's first place.

    Not the present day: the first day that can be booked must not move while somebody books at midnight.
    """
    return at.astimezone(offer.locations[0].zone).date() if at else date.min


def screened_of(request: HttpRequest, offer: Offer) -> Screened | None:
    """The answers to this treatment's questions with what follows from them; None where nothing is asked."""
    given, found = given_in(request, ANSWERS), result_of(request, offer)
    if not offer.questions or found is None or given.at is None:
        return None
    return Screened(
        edition=offer.reading.edition,
        answers=plain({question.key: given.answers[question.key] for question in offer.questions}),
        needs_review=found.needs_review,
        not_before=found.not_before,
        at=given.at,
    )
