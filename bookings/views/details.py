"""Who it is for, checking it, and sending it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from bookings.actions.book import request_appointment
from bookings.actions.booking import Booking, Contact
from bookings.actions.hold import extend, release
from bookings.exceptions import BookingError
from bookings.forms.details import DetailsForm
from bookings.models import Appointment
from bookings.queries.openings import offered
from bookings.views.offer import Offer, with_offer
from bookings.views.times import calendar, wish_of
from bookings.views.visitor import (
    booked_by,
    current_hold,
    details_of,
    forget_details,
    keep_details,
    last_chosen,
    visitor_of,
)

# Longer than any answer that is taken, and as much of one as the session keeps.
LONGEST = 500


def without_hold(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Where to go with nothing held: to what was just booked, or to the calendar, which says what happened."""
    if not details_of(request) and (booked := booked_by(request).first()):
        return redirect(booked.patient_path())
    if (chosen := last_chosen(request)) and current_hold(request) is None:
        slug, start = chosen
        place = next((location for location in offer.locations if location.slug == slug), None)
        if place and start > timezone.now():
            wish = wish_of(request, offer, place)
            if not offered(wish, start, now=timezone.now()):
                return calendar(request, offer, wish, lost=start, status=409)
    where = reverse("bookings:where", args=[offer.treatment.slug])
    return redirect(f"{where}?ended=1")


def held(request: HttpRequest, offer: Offer) -> Appointment | None:
    """The visitor's hold, if it is for this treatment."""
    appointment = current_hold(request)
    return appointment if appointment and appointment.treatment_id == offer.treatment.pk else None


@require_http_methods(["GET", "HEAD", "POST"])
@with_offer
def details(request: HttpRequest, offer: Offer) -> HttpResponse:
    appointment = held(request, offer)
    region = appointment.location.country if appointment else offer.locations[0].country
    if request.method == "POST":
        typed = {name: request.POST.get(name, "")[:LONGEST] for name in DetailsForm.base_fields}
        keep_details(request, typed)
        form = DetailsForm(typed, region=region)
        if form.is_valid():
            return redirect("bookings:check", offer.treatment.slug) if appointment else without_hold(request, offer)
    else:
        form = DetailsForm(initial=details_of(request), region=region)
    if appointment is None:
        return without_hold(request, offer)
    context = {"offer": offer, "appointment": appointment, "form": form, "now": timezone.now()}
    return render(request, "bookings/details.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@with_offer
def check(request: HttpRequest, offer: Offer) -> HttpResponse:
    appointment = held(request, offer)
    reference = request.POST.get("reference", "").replace("\x00", "")
    if reference and (booked := booked_by(request).filter(reference=reference).first()):
        # Sent twice: the first one counts, and both see it.
        return redirect(booked.patient_path())
    if appointment is None:
        return without_hold(request, offer)
    form = DetailsForm(details_of(request), region=appointment.location.country)
    if not form.is_valid():
        return redirect("bookings:details", offer.treatment.slug)
    if request.method == "POST" and reference != appointment.reference:
        # Another time was chosen in another window: nobody asks for a time they have not seen.
        return redirect("bookings:check", offer.treatment.slug)
    if request.method != "POST":
        context = {
            "offer": offer,
            "appointment": appointment,
            "details": form.cleaned_data,
            "now": timezone.now(),
        }
        return render(request, "bookings/check.html", context)
    contact = Contact(
        name=form.cleaned_data["name"],
        email=form.cleaned_data["email"],
        phone=form.cleaned_data["phone"].as_e164,
        language=get_language(),
    )
    try:
        booked = request_appointment(
            reference=reference, visitor=visitor_of(request), booking=Booking(contact), now=timezone.now()
        )
    except BookingError:
        return time_is_gone(request, offer, appointment)
    forget_details(request)
    return redirect(booked.patient_path())


def time_is_gone(request: HttpRequest, offer: Offer, appointment: Appointment) -> HttpResponse:
    """The calendar with the nearest free times; what was typed stays in the session."""
    wish = wish_of(request, offer, appointment.location)
    return calendar(request, offer, wish, lost=appointment.starts_at, status=409)


@require_POST
@with_offer
def keep(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Hold the time for longer, and stay on the page."""
    appointment = held(request, offer)
    if appointment is None:
        return without_hold(request, offer)
    try:
        extend(visitor=visitor_of(request), minutes=offer.clinic.hold_minutes, now=timezone.now())
    except BookingError:
        if booked := booked_by(request).filter(pk=appointment.pk).first():
            # Sent from another window in this moment.
            return redirect(booked.patient_path())
        return time_is_gone(request, offer, appointment)
    return redirect("bookings:check" if "check" in request.POST else "bookings:details", offer.treatment.slug)


@require_POST
@with_offer
def free(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Free the held time, forget what was typed, and go back to the treatment."""
    release(visitor=visitor_of(request))
    forget_details(request)
    return redirect(offer.treatment.get_absolute_url())
