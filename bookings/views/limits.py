"""Keeping floods and programs out of the diary, and people in."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bookings.actions.booking import Contact
from bookings.views.visitor import details_of
from clinic.limits import address_of, seconds_to_wait
from clinic.models import Clinic
from clinic.views.errors import too_many

HOUR = 3600
# A hold of some minutes that is renewed all day blocks a time as a new hold does: there are turns for that, too.
RENEWALS_PER_TRY = 3
# Twice as many requests as may be open: some are sent, cancelled and sent anew.
REQUESTS_PER_OPEN = 2
BEGAN = "began"
# Nobody reads the questions and answers them in less.
LEAST = timedelta(seconds=3)


def stop_trying(request: HttpRequest, clinic: Clinic, *, back: str) -> HttpResponse | None:
    """A page to wait on, if this address has held or asked for times too often; None where it may do so once more."""
    wait = seconds_to_wait("book", address_of(request), limit=clinic.requests_per_hour, seconds=HOUR)
    why = _("From your internet connection, times were chosen or asked for very often in the last hour.")
    return page(request, wait, why, back) if wait else None


def stop_renewing(request: HttpRequest, clinic: Clinic, *, back: str) -> HttpResponse | None:
    """The same for holding a time for longer."""
    limit = RENEWALS_PER_TRY * clinic.requests_per_hour
    wait = seconds_to_wait("renew", address_of(request), limit=limit, seconds=HOUR)
    why = _("From your internet connection, times were held for longer very often in the last hour.")
    return page(request, wait, why, back) if wait else None


def stop_asking(request: HttpRequest, clinic: Clinic, contact: Contact, *, back: str) -> HttpResponse | None:
    """The same for asking under one email address or phone number, from wherever."""
    limit = REQUESTS_PER_OPEN * clinic.open_requests_per_contact
    under = ("email", contact.email.casefold()), ("phone", contact.phone)
    wait = max(seconds_to_wait(f"ask by {kind}", who, limit=limit, seconds=HOUR) for kind, who in under if who)
    why = _("Under this email address or phone number, appointments were asked for very often in the last hour.")
    return page(request, wait, why, back) if wait else None


def page(request: HttpRequest, seconds: int, why: str, back: str) -> HttpResponse:
    return too_many(request, seconds=seconds, why=why, back=back, kept=bool(details_of(request)))


def begin_writing(request: HttpRequest, *, now: datetime) -> None:
    """A time is held: from now on someone may be writing, unless they wrote already and come for another time."""
    if not details_of(request):
        request.session[BEGAN] = now.timestamp()


def wrote_too_quickly(request: HttpRequest, *, now: datetime) -> bool:
    """Whether the answers came faster than anyone writes. It is asked once: the second time they are believed."""
    began = request.session.get(BEGAN, 0.0)
    request.session[BEGAN] = 0.0
    return now.timestamp() - began < LEAST.total_seconds()
