"""Answers that a patient gives on the phone, typed by staff."""

from collections.abc import Sequence

from django.db import transaction

from bookings.actions.booking import Agreed, Screened, keep_consents, keep_screening
from bookings.enums import Actor
from bookings.models import Appointment, Screening


@transaction.atomic
def note_answers(*, appointment: Appointment, screened: Screened, agreed: Sequence[Agreed]) -> Screening:
    """Store what a patient answered on the phone, sealed, with the consent to use it. ValueError for a held time."""
    if appointment.patient is None:
        raise ValueError("a held time has nobody who could answer")
    keep_consents(agreed, patient=appointment.patient, appointment=appointment)
    return keep_screening(screened, patient=appointment.patient, appointment=appointment, by=Actor.STAFF)
