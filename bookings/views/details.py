"""Who comes, and how to reach them."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings import screening
from bookings.forms.details import DetailsForm, as_initial, typed_in
from bookings.models import Appointment
from bookings.views.held import held, renew, without_hold
from bookings.views.limits import wrote_too_quickly
from bookings.views.offer import Offer
from bookings.views.steps import fail_age, with_offer_or_booked
from bookings.views.visitor import details_of, keep_details


def asked_at(offer: Offer, appointment: Appointment | None, *, now: datetime) -> dict[str, Any]:
    """What `DetailsForm` must know: of the place where the time is held, or else of the first one."""
    place = appointment.location if appointment else offer.locations[0]
    today = now.astimezone(place.zone).date()
    return {"region": place.country, "languages": offer.clinic.languages, "today": today}


@require_http_methods(["GET", "HEAD", "POST"])
@with_offer_or_booked
def details(request: HttpRequest, offer: Offer) -> HttpResponse:
    appointment, now = held(request, offer), timezone.now()
    asked = asked_at(offer, appointment, now=now)
    if request.method == "POST":
        return write(request, offer, appointment, asked, now=now)
    if appointment is None:
        return without_hold(request, offer)
    return show(request, offer, appointment, DetailsForm(initial=as_initial(details_of(request)), **asked))


def write(
    request: HttpRequest, offer: Offer, appointment: Appointment | None, asked: dict[str, Any], *, now: datetime
) -> HttpResponse:
    """Keep what was typed, hold a time that is still held for longer, and go on unless something is wrong."""
    typed = typed_in(request.POST)
    keep_details(request, typed)
    form = DetailsForm({**typed, "homepage": request.POST.get("homepage", "")}, **asked)
    if appointment is None:
        return without_hold(request, offer)
    if form.is_valid() and is_too_young(form, offer, appointment):
        return too_young(request, offer)
    if form.is_valid() and wrote_too_quickly(request, now=now):
        form.add_error(None, _("That was very quick. Please check and press Continue again."))
    if elsewhere := renew(request, offer, appointment, now=now):
        return elsewhere
    if form.is_valid():
        return redirect("bookings:check", offer.treatment.slug)
    return show(request, offer, appointment, form, status=422)


def show(
    request: HttpRequest, offer: Offer, appointment: Appointment, form: DetailsForm, *, status: int = 200
) -> HttpResponse:
    context = {"offer": offer, "appointment": appointment, "form": form, "now": timezone.now()}
    return render(request, "bookings/details.html", context, status=status)


def is_too_young(form: DetailsForm, offer: Offer, appointment: Appointment) -> bool:
    """Whether who comes will not be as old on that day, by the place's calendar, as the treatment asks for."""
    age = screening.age_on(form.cleaned_data["birth_date"], appointment.local_start.date())
    return age < (offer.minimum_age or 0)


def too_young(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Why it is not suitable, and what to do instead. The time is freed, and nothing is kept."""
    fail_age(request)
    return render(request, "bookings/under_age.html", {"offer": offer})
