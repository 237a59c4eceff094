"""The links that open a patient's pages: what is behind one, and the one answer to all that open nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bookings import links
from bookings.enums import EntryState
from bookings.links import token_of
from bookings.models import Appointment, WaitingEntry
from bookings.queries.lost_links import GOOD_FOR, is_good
from clinic.limits import address_of, seconds_to_wait
from clinic.views.errors import too_many

# Nobody mistypes a link so often in an hour. Links that open something are not counted: a family shares an address.
WRONG_AN_HOUR = 60
Linked = TypeVar("Linked", bound=Model)


def appointment_of(token: str) -> Appointment:
    """The appointment a token opens. Raises Http404, alike for a wrong, a revoked, an expired and an unknown one."""
    related = ("patient", "type", "treatment", "practitioner", "location", "course__consultation")
    found = behind(token, Appointment.objects.select_related(*related).filter(patient__isnull=False))
    if not is_good(found, now=timezone.now()):
        raise Http404
    return found


def move_url(appointment: Appointment) -> str:
    """Where an appointment is moved: a session of a course together with what that does to the others."""
    name = "bookings:course_move" if appointment.course else "bookings:move"
    return reverse(name, args=[token_of(appointment)])


def behind(token: str, rows: QuerySet[Linked]) -> Linked:
    """The row with this token's reference, if the token was made for it. Raises Http404."""
    # PostgreSQL cannot even be asked about a text with a NUL in it; the token itself is compared unchanged.
    reference = links.reference_in(token).replace("\x00", "")
    found = rows.filter(reference=reference).first()
    secret = found.link_secret if found else ""  # type: ignore[attr-defined]
    if not links.is_valid(token, reference=reference, secret=secret) or found is None:
        raise Http404
    return found


def entry_of(token: str) -> WaitingEntry:
    """The entry of the waiting list that a token opens. Raises Http404 as `appointment_of` does."""
    related = ("patient", "type", "treatment", "practitioner", "location", "appointment__location")
    found = behind(token, WaitingEntry.objects.select_related(*related))
    if found.state != EntryState.WAITING and found.created_at + GOOD_FOR <= timezone.now():
        raise Http404
    return found


def link_closed(request: HttpRequest) -> HttpResponse:
    """What every link that opens nothing is answered, whyever; 429 to an address that tries very many."""
    if wait := seconds_to_wait("link", address_of(request), limit=WRONG_AN_HOUR, seconds=3600):
        why = _("From your internet connection, very many links were tried that open nothing.")
        return too_many(request, seconds=wait, why=why)
    return render(request, "bookings/link_closed.html", status=404)


def opened_by(find: Callable[[str], Any]) -> Callable[..., Callable[..., HttpResponse]]:
    """A decorator for views of a token: gives them what `find` opens with it, or answers that it opens nothing."""

    def decorator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @never_cache
        def wrapper(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            try:
                found = find(token)
            except Http404:
                return link_closed(request)
            return view(request, found, **kwargs)

        return wrapper

    return decorator


with_appointment = opened_by(appointment_of)
with_entry = opened_by(entry_of)
