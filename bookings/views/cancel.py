"""Cancelling an appointment from its link: a page that says what will happen, and a button."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings.actions.cancel import cancel as cancel_appointment
from bookings.actions.move import is_late, must_call
from bookings.enums import ConsentKind, State
from bookings.exceptions import BookingError
from bookings.forms.cancel import CancelForm
from bookings.models import Appointment, Consent
from bookings.views.appointment import is_ahead, too_late
from bookings.views.link import move_url, with_appointment
from clinic.current import clinic_of


@require_http_methods(["GET", "HEAD", "POST"])
@with_appointment
def cancel(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    now, clinic = timezone.now(), clinic_of(request)
    if not is_ahead(appointment, now):
        # Cancelled in another window, or over: its page says which.
        return redirect(appointment.patient_path())
    if is_late(appointment, clinic, now) and must_call(clinic):
        return too_late(request, appointment)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        # Moved, answered or begun in this moment: its page shows how it stands.
        with suppress(BookingError):
            cancel_appointment(appointment=appointment, now=now, reason=form.cleaned_data["reason"])
        return redirect(appointment.patient_path())
    context = {
        "appointment": appointment,
        "form": form,
        "waits": appointment.state == State.REQUESTED,
        "late": is_late(appointment, clinic, now),
        "terms": terms_of(appointment),
        "move_url": move_url(appointment),
    }
    return render(request, "bookings/cancel.html", context, status=422 if form.errors else 200)


def terms_of(appointment: Appointment) -> Consent | None:
    """The terms of cancelling that were agreed to when this was booked, word for word."""
    agreed = Consent.objects.filter(patient=appointment.patient, kind=ConsentKind.TERMS, withdrawn_at=None)
    return agreed.order_by("-given_at", "-pk").first()
