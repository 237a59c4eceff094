"""The patient's page of one appointment, opened by its link: it only shows."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings import lifecycle
from bookings.actions.move import is_late, must_call
from bookings.models import Appointment
from bookings.queries.entries import entry_for
from bookings.queries.outstanding import outstanding
from bookings.views.link import appointment_of, move_url, token_of, with_appointment
from bookings.views.waiting import standing
from clinic.current import clinic_of

__all__ = ["appointment", "appointment_of", "is_ahead", "show", "too_late"]
# What the page before may say that it has just done.
NOTICES = {"moved", "waiting", "left", "same"}


@require_safe
@with_appointment
def appointment(request: HttpRequest, found: Appointment) -> HttpResponse:
    done = request.GET.get("done", "")
    return show(request, found, notice=done if done in NOTICES else "")


def show(request: HttpRequest, found: Appointment, *, notice: str = "", status: int = 200) -> HttpResponse:
    """How an appointment stands now, below a notice."""
    now, clinic = timezone.now(), clinic_of(request)
    context = {
        "appointment": found,
        "token": token_of(found),
        "state": found.state_at(now),
        "ahead": is_ahead(found, now),
        "late": is_late(found, clinic, now),
        "must_call": must_call(clinic),
        "late_from": found.starts_at - timedelta(hours=clinic.late_hours),
        "outstanding": outstanding(found, now=now),
        "notice": notice,
        "move_url": move_url(found),
        "call_phone": found.location.phone,
        **standing(entry_for(found), now),
    }
    return render(request, "bookings/appointment.html", context, status=status)


def is_ahead(appointment: Appointment, now: datetime) -> bool:
    """Whether it is booked and still to come."""
    return appointment.state in lifecycle.BOOKED and appointment.starts_at > now


def too_late(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """The page for whoever must call to move or cancel."""
    return render(request, "bookings/too_late.html", {"appointment": appointment}, status=409)
