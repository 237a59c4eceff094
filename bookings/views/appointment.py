"""The patient's page of one appointment, opened by its link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings import links
from bookings.models import Appointment


def appointment_of(token: str) -> Appointment:
    """The appointment a token opens. Raises Http404, alike for a wrong, a revoked and an unknown one."""
    # PostgreSQL cannot even be asked about a text with a NUL in it; the token itself is compared unchanged.
    reference = links.reference_in(token).replace("\x00", "")
    found = (
        Appointment.objects.select_related("patient", "type", "treatment", "practitioner", "location")
        .filter(reference=reference, patient__isnull=False)
        .first()
    )
    secret = found.link_secret if found else ""
    if not links.is_valid(token, reference=reference, secret=secret) or found is None:
        raise Http404
    return found


@require_safe
@never_cache
def appointment(request: HttpRequest, token: str) -> HttpResponse:
    found = appointment_of(token)
    context = {"appointment": found, "state": found.state_at(timezone.now()), "call_phone": found.location.phone}
    return render(request, "bookings/appointment.html", context)
