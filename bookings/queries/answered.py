"""Which questions an appointment is asked, and which answers it can build on."""

from datetime import datetime

from django.db.models import Q

from bookings.models import Appointment, Screening
from bookings.queries.obstacles import latest_screening
from clinic.models import Clinic
from treatments.models import Edition


def edition_asked(appointment: Appointment, clinic: Clinic, *, language: str, at: datetime) -> Edition | None:
    """The edition whose questions are asked in `language`; None where it is not signed in it."""
    in_force = Edition.objects.in_force(language=language, at=at, demo=clinic.is_demo, prescription_only=True)
    return in_force.filter(treatment=appointment.treatment_id).first()


def screening_before(appointment: Appointment) -> Screening | None:
    """The appointment's own latest screening, else the latest of its course: of the consultation or another session."""
    own = latest_screening(appointment)
    if own or appointment.course is None:
        return own
    of_course = Q(appointment=appointment.course.consultation_id) | Q(appointment__course=appointment.course)
    return Screening.objects.filter(of_course).select_related("edition").order_by("-answered_at", "-pk").first()
