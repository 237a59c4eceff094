"""The page of an entry of the waiting list, opened by its link: what it waits for, and what is offered to it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bookings.actions.leave import leave as leave_list
from bookings.actions.offers import accept, accepted_place
from bookings.actions.offers import decline as decline_place
from bookings.actions.outbox import channel_of
from bookings.enums import EntryState, OfferState, PartOfDay
from bookings.exceptions import BookingError, TooManyOpen
from bookings.links import token_of
from bookings.models import Appointment, PlaceOffer, WaitingEntry
from bookings.queries.entries import missed_by, offer_to
from bookings.views.link import entry_of, with_entry
from clinic.models import WEEKDAYS


@require_safe
@with_entry
def waiting(request: HttpRequest, entry: WaitingEntry) -> HttpResponse:
    return show(request, entry)


@require_POST
@with_entry
def take(request: HttpRequest, entry: WaitingEntry) -> HttpResponse:
    """Accept the place that the page showed, and go to the appointment."""
    if (offer := offer_named(request, entry)) is None:
        return show(request, entry, notice="gone", status=409)
    try:
        place = accept(offer=offer, now=timezone.now())
    except TooManyOpen:
        return show(request, entry, notice="many", status=409)
    except BookingError:
        return show(request, entry_of(token_of(entry)), notice="gone", status=409)
    return redirect(place.patient_path())


@require_POST
@with_entry
def decline(request: HttpRequest, entry: WaitingEntry) -> HttpResponse:
    """Give the place to the next, and go on waiting."""
    if offer := offer_named(request, entry):
        decline_place(offer=offer, now=timezone.now())
    return redirect(home_of(entry))


@require_POST
@with_entry
def leave(request: HttpRequest, entry: WaitingEntry) -> HttpResponse:
    leave_list(entry=entry, now=timezone.now())
    return redirect(f"{home_of(entry)}?done=left" if entry.appointment else home_of(entry))


def show(request: HttpRequest, entry: WaitingEntry, *, notice: str = "", status: int = 200) -> HttpResponse:
    place = place_of(entry) if entry.state == EntryState.PLACED else None
    context = {"place": place, "notice": notice, "call_phone": entry.location.phone}
    context |= standing(entry, timezone.now())
    return render(request, "bookings/waiting.html", context, status=status)


def standing(entry: WaitingEntry | None, now: datetime) -> dict[str, Any]:
    """What `waiting_card.html` shows of an entry."""
    if entry is None:
        return {"entry": None}
    days, parts = dict(WEEKDAYS), dict(PartOfDay.choices)
    return {
        "entry": entry,
        "entry_token": token_of(entry),
        "told_by": channel_of(entry.patient),
        "offer": offer_to(entry, now=now) if entry.state == EntryState.WAITING else None,
        "missed": missed_by(entry, now=now) if entry.state == EntryState.WAITING else None,
        "waits_days": [days[day] for day in entry.weekdays],
        "waits_parts": [parts[part] for part in entry.parts],
    }


def offer_named(request: HttpRequest, entry: WaitingEntry) -> PlaceOffer | None:
    """The offer that the page showed: meanwhile there may be another one, or none."""
    key = request.POST.get("offer", "")
    return entry.offers.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None


def place_of(entry: WaitingEntry) -> Appointment | None:
    accepted = entry.offers.filter(state=OfferState.ACCEPTED).select_related("hold", "entry__appointment").first()
    return accepted_place(accepted) if accepted else None


def home_of(entry: WaitingEntry) -> str:
    """Where whoever waits is at home: at the appointment, if there is one already."""
    return entry.appointment.patient_path() if entry.appointment else entry.patient_path()
