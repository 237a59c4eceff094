"""Choosing a time: reading free times, and holding one."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings.actions.hold import hold
from bookings.exceptions import SlotTaken
from bookings.forms.times import TimeForm
from bookings.queries.openings import narrowed
from bookings.queries.wish import Wish, wish_for
from bookings.views.calendar import calendar_context, filters_of, is_bookable_time
from bookings.views.limits import begin_writing, stop_trying
from bookings.views.offer import Offer
from bookings.views.steps import result_of, step_before_time, with_offer
from bookings.views.visitor import details_of, remember_chosen, visitor_of
from clinic.models import Location


def wish_of(request: HttpRequest, offer: Offer, place: Location) -> Wish:
    """What the visitor looks for at a location, not before the day that their answers ask for."""
    found = result_of(request, offer)
    return wish_for(offer.type, place, visitor=visitor_of(request), not_before=found.not_before if found else None)


@require_http_methods(["GET", "HEAD", "POST"])
@with_offer
def times(request: HttpRequest, offer: Offer, location: str) -> HttpResponse:
    place = offer.location(location)
    wish = wish_of(request, offer, place)
    if request.method != "POST":
        return calendar(request, offer, wish)
    form = TimeForm(request.POST, practitioners=wish.people)
    if not form.is_valid():
        return calendar(request, offer, wish, form=form, status=422)
    start, person = form.cleaned_data["start"], form.cleaned_data["practitioner"]
    wanted = filters_of(request, wish.people).narrow(wish)
    if person:
        wanted = narrowed(wish, people=(person,))
    if full := stop_trying(request, offer.clinic, back=request.path):
        return full
    try:
        hold(
            wish=wanted,
            treatment=offer.treatment,
            start=start,
            minutes=offer.clinic.hold_minutes,
            now=timezone.now(),
        )
    except SlotTaken:
        if not is_bookable_time(start, wish):
            form.add_error("start", _("This time cannot be booked. Choose one of the times below"))
            return calendar(request, offer, wish, form=form, status=422)
        return calendar(request, offer, wish, lost=start, status=409)
    remember_chosen(request, place, start)
    begin_writing(request, now=timezone.now())
    return redirect("bookings:check" if details_of(request) else "bookings:details", offer.treatment.slug)


def calendar(
    request: HttpRequest,
    offer: Offer,
    wish: Wish,
    *,
    form: TimeForm | None = None,
    lost: datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    """The month and the day's times; `lost` is a time that someone else took."""
    here = reverse("bookings:times", args=[offer.treatment.slug, wish.location.slug])
    context = {
        **calendar_context(request, wish, here=here, now=timezone.now(), lost=lost),
        "offer": offer,
        "form": form,
        "ended": "ended" in request.GET,
        "result": result_of(request, offer),
        "back": step_before_time(offer),
        "has_details": bool(details_of(request)),
    }
    return render(request, "bookings/times.html", context, status=status)
