"""The page of what to do before and after a visit, opened by the patient's link: it only shows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from bookings import care as advice
from bookings.care.check_in import Window, window
from bookings.care.timeline import HAS_ADVICE
from bookings.models import Appointment
from bookings.queries.consents import has_data_consent
from bookings.queries.visits import is_treated, reading_of, visit_of
from bookings.views.link import token_of, with_appointment
from clinic.current import clinic_of
from treatments.enums import Onset
from treatments.presentation import context, where


@require_safe
@with_appointment
def care(request: HttpRequest, found: Appointment) -> HttpResponse:
    """Before, the day and after, with the real days and hours; or that there is no visit."""
    now = timezone.now()
    state = found.state_at(now)
    shown = {"appointment": found, "token": token_of(found), "state": state, "now": now}
    if state not in HAS_ADVICE:
        return render(request, "bookings/care_none.html", shown)
    visit, treated = visit_of(found), is_treated(found)
    reading = reading_of(found, clinic_of(request), language=get_language(), at=now) if treated else None
    page = reading.page if reading else None
    early = where(page["complications"], "onset", Onset.EARLY) if page else []
    shown |= {
        "treated": treated,
        "reading": reading,
        "timeline": advice.timeline(
            visit, preparation=page["preparation"] if page else (), aftercare=page["aftercare"] if page else ()
        ),
        "is_over": now >= visit.over,
        "asks_how": page is not None and window(visit, now) == Window.OPEN and has_data_consent(found.patient),
        "normal": where(early, "seek_help", ""),
        "here": [found.location],
        **(context(page) if page else {}),
    }
    return render(request, "bookings/care.html", shown)
