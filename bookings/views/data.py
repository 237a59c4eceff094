"""“Your data”, from an appointment's link: what can be done, a fresh one-time link by mail, and the birth date."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions.data_links import send_data_link, try_birth_date
from bookings.forms.data import BirthDateForm
from bookings.models import Appointment, DataLink
from bookings.models.data_link import MOST_TRIES
from bookings.views.data_pass import give_pass
from bookings.views.link import link_closed, token_of, with_appointment
from clinic.limits import address_of, seconds_to_wait
from clinic.views.errors import too_many

HOUR, DAY = 3600, 24 * 3600
ASKS_AN_HOUR = 10  # of one internet address
LINKS_AN_HOUR = 3  # to one appointment's patient
LINKS_A_DAY = 6  # so that nobody who reads their mail can try one birth date after the other


@require_http_methods(["GET", "HEAD", "POST"])
@with_appointment
def data(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    if request.method == "POST" and has_way(appointment):
        if page := stop_sending(request, appointment):
            return page
        send_data_link(appointment=appointment, now=timezone.now())
        return redirect("bookings:data_sent", token_of(appointment))
    context = {"appointment": appointment, "token": token_of(appointment), "has_way": has_way(appointment)}
    return render(request, "bookings/data.html", context)


@require_safe
@with_appointment
def sent(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """The same whether or not a mail has just been written: it shows nothing of the address but where it is."""
    email = appointment.patient.email if appointment.patient else ""
    context = {"appointment": appointment, "token": token_of(appointment), "address": veiled(email)}
    return render(request, "bookings/data_sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def data_open(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening it uses nothing up: mail programs follow links by themselves. The birth date does."""
    now, secret = timezone.now(), secret.replace("\x00", "")
    link = DataLink.objects.open(at=now).select_related("appointment__patient").filter(secret=secret).first()
    if link is None:
        return link_closed(request)
    if not has_way(link.appointment):
        context = {"appointment": link.appointment, "token": token_of(link.appointment), "has_way": False}
        return render(request, "bookings/data.html", context)
    form = BirthDateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        tried = try_birth_date(secret=secret, birth_date=form.cleaned_data["birth_date"], now=now)
        if tried and tried.used_at:
            give_pass(request, tried, now=now)
            return redirect("bookings:your_data")
        if tried is None or tried.tries >= MOST_TRIES:
            return link_closed(request)
        form.refuse(MOST_TRIES - tried.tries)
    return render(request, "bookings/data_open.html", {"form": form}, status=422 if form.errors else 200)


def has_way(appointment: Appointment) -> bool:
    """Whether the patient can prove who they are without a person: there is an address, and a birth date to compare."""
    patient = appointment.patient
    return bool(patient and patient.email and patient.birth_date)


def stop_sending(request: HttpRequest, appointment: Appointment) -> HttpResponse | None:
    """A page to wait on where links were asked for too often."""
    back, key = reverse("bookings:data", args=[token_of(appointment)]), str(appointment.pk)
    if wait := seconds_to_wait("data link from", address_of(request), limit=ASKS_AN_HOUR, seconds=HOUR):
        why = _("From your internet connection, links were asked for very often in the last hour.")
        return too_many(request, seconds=wait, why=why, back=back)
    wait = seconds_to_wait("data link", key, limit=LINKS_AN_HOUR, seconds=HOUR)
    wait = wait or seconds_to_wait("data link a day", key, limit=LINKS_A_DAY, seconds=DAY)
    why = _("For this appointment, links were asked for very often.")
    return too_many(request, seconds=wait, why=why, back=back) if wait else None


def veiled(email: str) -> str:
    """Enough of an address for whoever has it: “a…@example.com”, with no line break at the dots."""
    name, _at, host = email.rpartition("@")
    return f"{name[:1]}…\u2060@{host}" if email else ""
