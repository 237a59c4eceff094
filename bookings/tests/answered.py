"""Appointments whose patients have answered the questions before the visit."""

from typing import Any

from bookings.models import Appointment, Screening


def answered(appointment: Appointment, **values: Any) -> Screening:
    """Answers to the edition of its treatment; with nothing to review and no later day, unless `values` say so."""
    return Screening.objects.create(
        **{
            "patient": appointment.patient,
            "appointment": appointment,
            "edition": appointment.treatment.editions.latest("number"),
            "answered_at": appointment.requested_at,
            **values,
        }
    )
