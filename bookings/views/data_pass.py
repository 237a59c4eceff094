"""The pass to one's own data: a quarter of an hour in the browser session, never in an address."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from bookings.models import Appointment, DataLink

PASS = "data"  # noqa: S105  (the name of a key)
GOOD_FOR = timedelta(minutes=15)


def give_pass(request: HttpRequest, link: DataLink, *, now: datetime) -> None:
    """For this browser, until the minutes are over; under a new session key, so that nobody else has it already."""
    request.session.cycle_key()
    request.session[PASS] = {"link": link.pk, "until": (now + GOOD_FOR).isoformat()}


def end_pass(request: HttpRequest) -> None:
    request.session.pop(PASS, None)


def passed(request: HttpRequest) -> Appointment | None:
    """The appointment whose patient's data this browser may see now."""
    kept = request.session.get(PASS)
    if not kept or datetime.fromisoformat(kept["until"]) <= timezone.now():
        return None
    used = DataLink.objects.filter(pk=kept["link"], used_at__isnull=False, appointment__patient__erased_at=None)
    link = used.select_related("appointment__patient", "appointment__location").first()
    return link.appointment if link else None


def with_pass(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the patient and the appointment of the pass; whoever has none is told how to get one."""

    @wraps(view)
    @never_cache
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        appointment = passed(request)
        if appointment is None or appointment.patient is None:
            return render(request, "bookings/data_ended.html", status=403)
        return view(request, appointment.patient, appointment, **kwargs)

    return wrapper
