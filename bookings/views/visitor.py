"""What the browser session remembers of a booking that is under way."""

import secrets
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from bookings.models import Appointment
from bookings.models.appointment import AppointmentQuerySet
from clinic.models import Location

VISITOR, ANSWERS, DETAILS, CHOSEN = "visitor", "answers", "details", "chosen"


def visitor_of(request: HttpRequest) -> str:
    """The visitor's key; empty before the consent to data use, so that reading sets no cookie."""
    return request.session.get(VISITOR, "")


def new_visitor() -> str:
    return secrets.token_urlsafe(16)


def become_visitor(request: HttpRequest) -> str:
    """The visitor's key, made once for a session: whoever can choose a time has one."""
    if not visitor_of(request):
        request.session[VISITOR] = new_visitor()
    return visitor_of(request)


def current_hold(request: HttpRequest) -> Appointment | None:
    """What the visitor holds, run out or not."""
    if not (visitor := visitor_of(request)):
        return None
    return (
        Appointment.objects.held_by(visitor)
        .select_related("type", "treatment", "practitioner", "location")
        .order_by("-pk")
        .first()
    )


def booked_by(request: HttpRequest) -> AppointmentQuerySet:
    """What this session has asked for already, the latest first: for whoever goes back or sends twice."""
    if not (visitor := visitor_of(request)):
        return Appointment.objects.none()
    return Appointment.objects.filter(visitor=visitor, requested_at__isnull=False).order_by("-requested_at")


def remember_chosen(request: HttpRequest, location: Location, start: datetime) -> None:
    """Which time was held last: should someone else get it, the nearest ones to it are offered."""
    request.session[CHOSEN] = [location.slug, start.isoformat()]


def last_chosen(request: HttpRequest) -> tuple[str, datetime] | None:
    """The location's slug and the start (aware) of the time that was held last."""
    if not (chosen := request.session.get(CHOSEN)):
        return None
    slug, start = chosen
    return slug, datetime.fromisoformat(start)


def forget_chosen(request: HttpRequest) -> None:
    request.session.pop(CHOSEN, None)


def details_of(request: HttpRequest) -> dict[str, Any]:
    """What was typed on the details page, as it was typed."""
    return request.session.get(DETAILS, {})


def keep_details(request: HttpRequest, typed: dict[str, Any]) -> None:
    request.session[DETAILS] = typed


def forget_details(request: HttpRequest) -> None:
    """The booking is done or given up: no answer, nothing typed and no time is kept in the session."""
    for kept in (ANSWERS, DETAILS, CHOSEN):
        request.session.pop(kept, None)
