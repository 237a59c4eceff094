"""Reading everything once more, agreeing to the terms, and sending it."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings.actions.book import request_appointment
from bookings.actions.booking import Agreed, Booking
from bookings.enums import Channel, ConsentKind, Need, Rule
from bookings.exceptions import BookingError, Obstructed, TooManyOpen
from bookings.forms.details import DetailsForm
from bookings.models import Appointment
from bookings.views.details import asked_at, too_young
from bookings.views.held import held, time_is_gone, without_hold
from bookings.views.limits import stop_asking, stop_trying
from bookings.views.offer import Offer
from bookings.views.steps import data_consent_of, screened_of, with_offer_or_booked
from bookings.views.visitor import booked_by, details_of, forget_details, visitor_of


@require_http_methods(["GET", "HEAD", "POST"])
@with_offer_or_booked
def check(request: HttpRequest, offer: Offer) -> HttpResponse:
    appointment, now = held(request, offer), timezone.now()
    reference = request.POST.get("reference", "").replace("\x00", "")
    if reference and (booked := booked_by(request).filter(reference=reference).first()):
        # Sent twice: the first one counts, and both see it.
        return redirect(booked.patient_path())
    if appointment is None:
        return without_hold(request, offer)
    form = DetailsForm(details_of(request), **asked_at(offer, appointment, now=now))
    if not form.is_valid():
        return redirect("bookings:details", offer.treatment.slug)
    if request.method != "POST":
        return show(request, offer, appointment, form)
    if reference != appointment.reference:
        # Another time was chosen in another window: nobody asks for a time they have not seen.
        return redirect("bookings:check", offer.treatment.slug)
    if request.POST.get("terms") != offer.consents[ConsentKind.TERMS].hash:
        # Nor does anybody accept terms they have not seen.
        return show(request, offer, appointment, form, terms_changed=True)
    return send(request, offer, appointment, form, now=now)


def show(
    request: HttpRequest, offer: Offer, appointment: Appointment, form: DetailsForm, *, terms_changed: bool = False
) -> HttpResponse:
    screened, said = screened_of(request, offer), form.cleaned_data
    context = {
        "offer": offer,
        "appointment": appointment,
        "details": said,
        "channel": Channel(said["channel"]).label,
        "language": dict(settings.LANGUAGES)[said["language"]] if "language" in said else "",
        "needs": "\n".join(str(need.label) for need in Need if need in said["needs"]),
        "terms": offer.consents[ConsentKind.TERMS],
        "terms_changed": terms_changed,
        "at_once": appointment.type.auto_confirm and not (screened and screened.needs_review),
        "now": timezone.now(),
    }
    return render(request, "bookings/check.html", context, status=409 if terms_changed else 200)


def send(
    request: HttpRequest, offer: Offer, appointment: Appointment, form: DetailsForm, *, now: datetime
) -> HttpResponse:
    """Ask for the appointment, and go to its page; else the page that says why not. Nothing typed is lost."""
    back = reverse("bookings:check", args=[offer.treatment.slug])
    contact = form.contact
    full = stop_trying(request, offer.clinic, back=back) or stop_asking(request, offer.clinic, contact, back=back)
    if full:
        return full
    agreed = [data_consent_of(request, offer), Agreed(offer.consents[ConsentKind.TERMS], now)]
    booking = Booking(
        contact=contact,
        needs=form.cleaned_data["needs"],
        screened=screened_of(request, offer),
        agreed=[one for one in agreed if one],
    )
    try:
        booked = request_appointment(
            reference=appointment.reference, visitor=visitor_of(request), booking=booking, now=now
        )
    except TooManyOpen:
        context = {"offer": offer, "appointment": appointment, "now": now}
        return render(request, "bookings/too_many_open.html", context, status=409)
    except Obstructed as error:
        return obstructed(request, offer, appointment, error.rules)
    except BookingError:
        return time_is_gone(request, offer, appointment)
    forget_details(request)
    return redirect(booked.patient_path())


def obstructed(request: HttpRequest, offer: Offer, appointment: Appointment, rules: list[Rule]) -> HttpResponse:
    """Why this cannot be asked for, and whether another time or only a call helps."""
    if Rule.AGE in rules:
        return too_young(request, offer)
    context = {"offer": offer, "appointment": appointment, "rules": rules, "later_helps": rules == [Rule.WAIT]}
    return render(request, "bookings/obstructed.html", context, status=409)
