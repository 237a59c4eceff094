"""Joining the waiting list without an appointment: after the same questions, what suits, and who comes."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings import screening
from bookings.actions.booking import Agreed, Booking
from bookings.actions.join import Place, Wanted, join
from bookings.enums import ConsentKind
from bookings.forms.details import as_initial, typed_in
from bookings.forms.joining import JoiningForm
from bookings.forms.waiting import WaitingForm, as_typed
from bookings.models import WaitingEntry
from bookings.queries.entries import weekdays_worked
from bookings.queries.wish import practitioners_for
from bookings.views.details import too_young
from bookings.views.limits import begin_writing, stop_asking, stop_trying, wrote_too_quickly
from bookings.views.offer import Offer
from bookings.views.steps import data_consent_of, gated_by, missing_step, screened_of, with_offer
from bookings.views.visitor import details_of, forget_details, keep_details, visitor_of
from clinic.models import Location

# What suits, as it was ticked; and the reference of the entry that was made of it.
WAITS, JOINED = "waits", "joined"


def missing_unless_joined(request: HttpRequest, offer: Offer) -> str | None:
    """As `missing_step`; but whoever has just joined is led to the entry by the view: the answers are gone."""
    return None if JOINED in request.session else missing_step(request, offer)


@require_http_methods(["GET", "HEAD", "POST"])
@with_offer
def wishes(request: HttpRequest, offer: Offer, location: str) -> HttpResponse:
    """Which days, which parts of the day, and with whom."""
    place = offer.location(location)
    form = form_for(request, offer, place, request.POST if request.method == "POST" else None)
    if form.is_valid():
        request.session[WAITS] = form.kept
        request.session.pop(JOINED, None)
        begin_writing(request, now=timezone.now())
        return redirect("bookings:join_details", offer.treatment.slug, place.slug)
    context = {"offer": offer, "location": place, "form": form}
    return render(request, "bookings/join.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@gated_by(missing_unless_joined)
def details(request: HttpRequest, offer: Offer, location: str) -> HttpResponse:
    """Who comes; the button joins."""
    place, now = offer.location(location), timezone.now()
    if entry := joined_by(request):
        # Sent twice: the first one counts, and both see it.
        return redirect(entry.patient_path())
    wanted = form_for(request, offer, place, request.session.get(WAITS))
    if not wanted.is_valid():
        return redirect("bookings:join", offer.treatment.slug, place.slug)
    today = now.astimezone(place.zone).date()
    asked = {"region": place.country, "languages": offer.clinic.languages, "today": today}
    if request.method != "POST":
        return show(request, offer, place, JoiningForm(initial=as_initial(details_of(request)), **asked))
    typed = typed_in(request.POST)
    keep_details(request, typed)
    form = JoiningForm({**typed, "homepage": request.POST.get("homepage", "")}, **asked)
    if not form.is_valid():
        return show(request, offer, place, form, status=422)
    if screening.age_on(form.cleaned_data["birth_date"], today) < (offer.minimum_age or 0):
        return too_young(request, offer)
    if wrote_too_quickly(request, now=now):
        form.add_error(None, _("That was very quick. Please check and press the button again."))
        return show(request, offer, place, form, status=422)
    if request.POST.get("terms") != offer.consents[ConsentKind.TERMS].hash:
        # Nobody accepts terms they have not seen.
        return show(request, offer, place, form, terms_changed=True, status=409)
    return send(request, offer, place, form, wanted.wanted, now=now)


def send(
    request: HttpRequest, offer: Offer, place: Location, form: JoiningForm, wanted: Wanted, *, now: datetime
) -> HttpResponse:
    """Put whoever comes on the list, and go to the entry's page."""
    full = stop_trying(request, offer.clinic, back=request.path)
    if full := full or stop_asking(request, offer.clinic, form.contact, back=request.path):
        return full
    agreed = [data_consent_of(request, offer), Agreed(offer.consents[ConsentKind.TERMS], now)]
    booking = Booking(
        contact=form.contact,
        needs=form.cleaned_data["needs"],
        screened=screened_of(request, offer),
        agreed=[one for one in agreed if one],
    )
    entry = join(
        place=Place(offer.type, offer.treatment, place),
        booking=booking,
        wanted=wanted,
        visitor=visitor_of(request),
        now=now,
    )
    forget_details(request)
    request.session.pop(WAITS, None)
    request.session[JOINED] = entry.reference
    return redirect(entry.patient_path())


def show(
    request: HttpRequest,
    offer: Offer,
    place: Location,
    form: JoiningForm,
    *,
    terms_changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "offer": offer,
        "location": place,
        "form": form,
        "terms": offer.consents[ConsentKind.TERMS],
        "terms_changed": terms_changed,
    }
    return render(request, "bookings/join_details.html", context, status=status)


def form_for(request: HttpRequest, offer: Offer, place: Location, data: Any) -> WaitingForm:
    return WaitingForm(
        data,
        initial=as_typed(request.session.get(WAITS, {})),
        people=practitioners_for(offer.type, place),
        weekdays=weekdays_worked(offer.type, place),
        today=timezone.now().astimezone(place.zone).date(),
        button=_("Continue"),
    )


def joined_by(request: HttpRequest) -> WaitingEntry | None:
    """The entry that this session has just made."""
    reference = request.session.get(JOINED)
    return WaitingEntry.objects.filter(reference=reference).first() if reference else None
