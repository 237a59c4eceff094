"""The pages of an appointment's questions, opened by its link."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from bookings import lifecycle
from bookings.actions.booking import Agreed, keep_consents
from bookings.enums import ConsentKind
from bookings.forms.screening import ChangedForm, ConsentForm
from bookings.models import Appointment, ConsentText
from bookings.queries.answered import edition_asked
from bookings.queries.consents import has_agreed
from bookings.queries.obstacles import latest_screening
from bookings.screening import Part
from bookings.views.appointment_asked import AppointmentAsked
from bookings.views.link import token_of, with_appointment
from bookings.views.screening import ask
from clinic.current import clinic_of


def with_subject(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view what the questions of a visit to come are asked for, once its patient agreed to be asked."""

    @with_appointment
    @wraps(view)
    def wrapper(request: HttpRequest, found: Appointment, **kwargs: Any) -> HttpResponse:
        if elsewhere := not_asked(request, found):
            return elsewhere
        if found.patient and not has_agreed(found.patient, ConsentKind.DATA):
            return redirect("bookings:appointment_data_consent", token_of(found))
        edition = edition_asked(found, clinic_of(request), language=get_language(), at=timezone.now())
        if edition is None:
            return by_phone(request, found)
        return view(request, AppointmentAsked(request, found, edition), **kwargs)

    return wrapper


def not_asked(request: HttpRequest, found: Appointment) -> HttpResponse | None:
    """Where to go when nothing is asked about this appointment any more."""
    over = found.state not in lifecycle.BOOKED or found.starts_at <= timezone.now()
    return redirect(found.patient_path()) if over else None


def by_phone(request: HttpRequest, found: Appointment) -> HttpResponse:
    """Nobody is asked in writing what is not signed in their language."""
    context = {"appointment": found, "call_phone": found.location.phone}
    return render(request, "bookings/questions_by_phone.html", context)


@require_safe
@with_subject
def questions(request: HttpRequest, subject: AppointmentAsked) -> HttpResponse:
    """To the first question that is to be answered; or what the answers mean, when they are all there."""
    if subject.asked:
        return subject.go_on()
    own = latest_screening(subject.appointment)
    if own is None:
        changed = "bookings:appointment_changed"
        return redirect(changed, subject.token) if subject.everything else redirect(subject.before())
    too_early = own.not_before is not None and subject.appointment.local_start.date() < own.not_before
    context = {"appointment": subject.appointment, "answered": own, "too_early": too_early, **subject.context()}
    return render(request, "bookings/answered.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_subject
def question(request: HttpRequest, subject: AppointmentAsked, number: int, part: Part) -> HttpResponse:
    return ask(subject, number, part)


@require_http_methods(["GET", "HEAD", "POST"])
@with_subject
def changed(request: HttpRequest, subject: AppointmentAsked) -> HttpResponse:
    """Before each later session of a course: has anything changed?"""
    latest = subject.latest
    if latest is None or not subject.earlier:
        return redirect("bookings:appointment_questions", subject.token)
    seen = str(latest.pk)
    form = ChangedForm(request.POST if request.method == "POST" else None, initial={"seen": seen})
    if request.method == "POST" and request.POST.get("seen") != seen:
        # Answered already, with the first of two clicks or in another window.
        return redirect("bookings:appointment_questions", subject.token)
    if form.is_valid():
        if form.cleaned_data["answer"] == "yes":
            subject.ask_again()
        elif not subject.asked:
            return subject.nothing_changed()
        return redirect("bookings:appointment_questions", subject.token)
    context = {"form": form, "back": subject.before(), "answered_on": subject.day_of(latest.answered_at)}
    return render(
        request, "bookings/changed.html", {**context, **subject.context()}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_appointment
def data_consent(request: HttpRequest, found: Appointment) -> HttpResponse:
    """Who was booked in by phone, or agreed to another text, agrees before anything is asked."""
    if elsewhere := not_asked(request, found):
        return elsewhere
    text = ConsentText.objects.current(get_language()).get(ConsentKind.DATA)
    if text is None or found.patient is None:
        return by_phone(request, found)
    if has_agreed(found.patient, ConsentKind.DATA):
        return redirect("bookings:appointment_questions", token_of(found))
    seen = request.POST.get("text", text.hash)
    sent = request.method == "POST" and seen == text.hash
    form = ConsentForm(request.POST) if sent else ConsentForm(initial={"text": text.hash})
    if form.is_valid():
        agreed = Agreed(text, timezone.now())
        keep_consents([agreed], patient=found.patient, appointment=found)
        return redirect("bookings:appointment_questions", token_of(found))
    context = {"form": form, "text": text, "changed": seen != text.hash, "back": found.patient_path()}
    return render(request, "bookings/consent.html", context, status=422 if form.errors else 200)
