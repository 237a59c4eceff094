"""The patient's appointment, to put into their own calendar."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.models import Appointment
from bookings.queries.calendar_files import calendar_download
from bookings.views.link import with_appointment


@require_safe
@with_appointment
def calendar_file(request: HttpRequest, found: Appointment) -> HttpResponse:
    """As it stands now; the file's name says nothing."""
    data = calendar_download(found, now=timezone.now())
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response
