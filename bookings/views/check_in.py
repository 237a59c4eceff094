"""The check-in after a visit, opened by the patient's link: two questions, and at once whom to call."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from bookings.actions.check_in import answer_check_in
from bookings.care.check_in import Answers, Urgency, Window, window
from bookings.exceptions import ChangedMeanwhile
from bookings.forms.check_in import CheckInForm
from bookings.models import Appointment, CheckIn
from bookings.queries.care_pages import answers_of, signs_of
from bookings.queries.consents import has_data_consent
from bookings.queries.visits import is_treated, reading_of, visit_of
from bookings.sealed import CannotUnseal
from bookings.views.link import token_of, with_appointment
from clinic.current import clinic_of
from treatments.presentation import context
from treatments.reading import Reading


@require_http_methods(["GET", "HEAD", "POST"])
@with_appointment
def check_in(request: HttpRequest, found: Appointment) -> HttpResponse:
    """Asks, or shows what the answers call for; `again` asks once more."""
    now, clinic = timezone.now(), clinic_of(request)
    reading = reading_of(found, clinic, language=get_language(), at=now)
    shown = {"appointment": found, "token": token_of(found), "reading": reading, "now": now}
    shown |= context(reading.page) if reading else {}
    if why := why_not(found, reading, window(visit_of(found), now)):
        status = 409 if request.method == "POST" else 200
        return render(request, "bookings/check_in_closed.html", {**shown, "why": why}, status=status)
    given = CheckIn.objects.filter(appointment=found).first()
    if given and request.method != "POST" and "again" not in request.GET:
        return render(request, "bookings/check_in_answered.html", {**shown, **meaning(given)})
    form = CheckInForm(
        request.POST if request.method == "POST" else None, signs=signs_of(reading.page) if reading else []
    )
    if form.is_valid():
        try:
            answer_check_in(appointment=found, answers=form.answers, now=now)
        except ChangedMeanwhile:
            return render(request, "bookings/check_in_closed.html", {**shown, "why": Window.NO_VISIT}, status=409)
        return redirect("bookings:check_in", token_of(found))
    return render(request, "bookings/check_in.html", {**shown, "form": form}, status=422 if form.errors else 200)


def why_not(found: Appointment, reading: Reading | None, window: Window) -> str:
    """Why nothing is asked, if so: the window is not open, nothing was treated or signed, or nobody agreed to it."""
    if window != Window.OPEN:
        return window.value
    if not is_treated(found) or reading is None:
        return "nothing_to_ask"
    if not has_data_consent(found.patient):
        return "not_agreed"
    return ""


def meaning(given: CheckIn) -> dict[str, Any]:
    """What the answers call for; where no key opens them, what is known without."""
    try:
        answers = answers_of(given)
    except CannotUnseal:
        answers = Answers()
    urgency = answers.urgency
    if given.needs_call and urgency < Urgency.CLINIC:
        urgency = Urgency.CLINIC
    return {"urgency": urgency.name.lower(), "called": given.called_at is not None}
