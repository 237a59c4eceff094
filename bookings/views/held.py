"""The time that is held: whether there is one, holding it for longer, and freeing it."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from bookings.actions.hold import extend, release
from bookings.exceptions import BookingError
from bookings.models import Appointment
from bookings.queries.openings import offered
from bookings.views.limits import stop_renewing
from bookings.views.offer import Offer, with_offer_ungated
from bookings.views.times import calendar, wish_of
from bookings.views.visitor import booked_by, current_hold, details_of, forget_details, last_chosen, visitor_of


def held(request: HttpRequest, offer: Offer) -> Appointment | None:
    """The visitor's hold, if it is for this treatment."""
    appointment = current_hold(request)
    return appointment if appointment and appointment.treatment_id == offer.treatment.pk else None


def without_hold(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Where to go with nothing held: to the calendar, which says what happened, or to what was just booked."""
    lost = last_chosen(request) if current_hold(request) is None else None
    if not lost and not details_of(request) and (booked := booked_by(request).first()):
        return redirect(booked.patient_path())
    if lost:
        slug, start = lost
        place = next((location for location in offer.locations if location.slug == slug), None)
        if place and start > timezone.now():
            wish = wish_of(request, offer, place)
            if not offered(wish, start, now=timezone.now()):
                return calendar(request, offer, wish, lost=start, status=409)
    where = reverse("bookings:where", args=[offer.treatment.slug])
    return redirect(f"{where}?ended=1")


def time_is_gone(request: HttpRequest, offer: Offer, appointment: Appointment) -> HttpResponse:
    """The calendar with the nearest free times; what was typed stays in the session."""
    wish = wish_of(request, offer, appointment.location)
    return calendar(request, offer, wish, lost=appointment.starts_at, status=409)


def renew(request: HttpRequest, offer: Offer, appointment: Appointment, *, now: datetime) -> HttpResponse | None:
    """What each step does with a time that is still held: hold it for longer, unless that was done too often here."""
    is_live = appointment.held_until is not None and appointment.held_until > now
    if not is_live or stop_renewing(request, offer.clinic, back=request.path):
        return None
    return hold_longer(request, offer, appointment, now=now)


def renew_held(request: HttpRequest, offer: Offer) -> HttpResponse | None:
    """`renew` for a step that comes before a time is chosen, to which someone who holds one went back."""
    appointment = held(request, offer)
    return renew(request, offer, appointment, now=timezone.now()) if appointment else None


def hold_longer(request: HttpRequest, offer: Offer, appointment: Appointment, *, now: datetime) -> HttpResponse | None:
    """Hold the time for the clinic's minutes from now; else the page that says what became of it."""
    try:
        [*_earlier, renewed] = extend(visitor=visitor_of(request), minutes=offer.clinic.hold_minutes, now=now)
    except BookingError:
        if booked := booked_by(request).filter(pk=appointment.pk).first():
            # Sent from another window in this moment.
            return redirect(booked.patient_path())
        return time_is_gone(request, offer, appointment)
    appointment.held_until = renewed.held_until
    return None


@require_POST
@with_offer_ungated
def keep(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Hold the time for longer, and stay on the page."""
    appointment = held(request, offer)
    if appointment is None:
        return without_hold(request, offer)
    here = reverse("bookings:check" if "check" in request.POST else "bookings:details", args=[offer.treatment.slug])
    return (
        stop_renewing(request, offer.clinic, back=here)
        or hold_longer(request, offer, appointment, now=timezone.now())
        or redirect(here)
    )


@require_POST
@with_offer_ungated
def free(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Free the held time, forget what was typed, and go back to the treatment."""
    release(visitor=visitor_of(request))
    forget_details(request)
    return redirect(offer.treatment.get_absolute_url())
