"""What a patient does with their own data, once the birth date was right: download, withdraw, be forgotten."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.actions.privacy import ask_for_erasure, withdraw
from bookings.enums import ConsentKind
from bookings.models import Appointment, Patient
from bookings.models.appointment import AppointmentQuerySet
from bookings.queries.personal_data import personal_data
from bookings.queries.privacy import coming, in_force, latest_wish, needing, visited
from bookings.views.data_pass import end_pass, with_pass
from clinic.current import clinic_of
from clinic.texts import text_of

NOTICES = {"withdrawn", "asked"}


@require_safe
@with_pass
def your_data(request: HttpRequest, patient: Patient, appointment: Appointment) -> HttpResponse:
    done = request.GET.get("done", "")
    context = {
        "patient": patient,
        "appointment": appointment,
        "consents": in_force(patient),
        "wish": latest_wish(patient),
        "notice": done if done in NOTICES else "",
    }
    return render(request, "bookings/data_yours.html", context)


@require_safe
@with_pass
def download(request: HttpRequest, patient: Patient, appointment: Appointment) -> HttpResponse:
    """Everything as one JSON file; its name says nothing of a clinic."""
    content = {"made_at": timezone.now(), "clinic": text_of(clinic_of(request), "name"), **personal_data(patient)}
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@with_pass
def withdraw_consent(request: HttpRequest, patient: Patient, appointment: Appointment, pk: int) -> HttpResponse:
    """What follows, then the button."""
    now = timezone.now()
    consent = next((one for one in in_force(patient) if one.pk == pk), None)
    if consent is None:
        # Withdrawn in another window, replaced, or somebody else's.
        return redirect("bookings:your_data")
    if request.method == "POST":
        withdraw(consent=consent, now=now)
        return redirect(f"{reverse('bookings:your_data')}?done=withdrawn")
    context = {
        "consent": consent,
        "about_data": consent.kind == ConsentKind.DATA,
        "cancels": as_shown(needing(consent, now=now)),
    }
    return render(request, "bookings/data_withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_pass
def erasure(request: HttpRequest, patient: Patient, appointment: Appointment) -> HttpResponse:
    """What is deleted and what the clinic has to decide about, then the button."""
    now = timezone.now()
    if request.method == "POST":
        if ask_for_erasure(patient=patient, now=now):
            return redirect(f"{reverse('bookings:your_data')}?done=asked")
        # Nothing of the person stays in this browser either.
        request.session.flush()
        return redirect("bookings:data_erased")
    context = {
        "visited": visited(patient, now=now),
        "wish": latest_wish(patient),
        "cancels": as_shown(coming(patient, now=now)),
        "waits": patient.waiting_entries.waiting().exists(),
    }
    return render(request, "bookings/data_erase.html", context)


@require_POST
@never_cache
def end(request: HttpRequest) -> HttpResponse:
    """For whoever sits at a computer that others use."""
    end_pass(request)
    return redirect("bookings:data_closed")


@require_safe
@never_cache
def closed(request: HttpRequest) -> HttpResponse:
    return render(request, "bookings/data_closed.html")


@require_safe
@never_cache
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "bookings/data_closed.html", {"erased": True})


def as_shown(appointments: AppointmentQuerySet) -> AppointmentQuerySet:
    return appointments.select_related("type", "location", "practitioner")
