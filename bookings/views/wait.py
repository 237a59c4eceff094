"""Waiting for an earlier time, from the link of the present one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings.actions.join import wait_for_earlier
from bookings.actions.outbox import channel_of
from bookings.exceptions import BookingError
from bookings.forms.waiting import WaitingForm, as_initial
from bookings.models import Appointment
from bookings.queries.entries import entry_for, weekdays_worked
from bookings.queries.wish import practitioners_for
from bookings.views.appointment import is_ahead
from bookings.views.link import with_appointment


@require_http_methods(["GET", "HEAD", "POST"])
@with_appointment
def wait(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    now = timezone.now()
    if not is_ahead(appointment, now):
        return redirect(appointment.patient_path())
    entry = entry_for(appointment)
    form = WaitingForm(
        request.POST if request.method == "POST" else None,
        initial=as_initial(entry),
        people=practitioners_for(appointment.type, appointment.location),
        weekdays=weekdays_worked(appointment.type, appointment.location),
        today=now.astimezone(appointment.location.zone).date(),
        button=_("Change what I wait for") if entry else _("Put me on the waiting list"),
    )
    if form.is_valid():
        try:
            wait_for_earlier(appointment=appointment, wanted=form.wanted, now=now)
        except BookingError:
            return redirect(appointment.patient_path())
        return redirect(f"{appointment.patient_path()}?done=waiting")
    told_by = channel_of(appointment.patient) if appointment.patient else None
    context = {"appointment": appointment, "entry": entry, "form": form, "told_by": told_by}
    return render(request, "bookings/wait.html", context, status=422 if form.errors else 200)
