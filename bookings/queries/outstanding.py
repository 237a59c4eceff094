"""What an appointment still waits for from its patient or from a clinician."""

from dataclasses import dataclass
from datetime import datetime

from bookings import lifecycle, screening
from bookings.enums import Rule
from bookings.models import Appointment
from bookings.queries.obstacles import edition_of, latest_screening, obstacles
from clinic.models import Clinic


@dataclass(frozen=True)
class Outstanding:
    """Whether the questions before the visit are due, or whether anything has changed; and what the answers led to:

    a review that is still to come, a later day than that of the visit.
    """

    questions: bool = False
    changes: bool = False
    review: bool = False
    too_early: bool = False


def outstanding(appointment: Appointment, *, now: datetime) -> Outstanding:
    """What is outstanding at `now`; nothing for a visit that is over or was given up."""
    if appointment.state not in lifecycle.BOOKED or appointment.starts_at <= now:
        return Outstanding()
    found = obstacles(appointment, now=now)
    return Outstanding(
        questions=Rule.SCREENING in found,
        changes=asks_what_changed(appointment, now),
        review=Rule.REVIEW in found,
        too_early=Rule.WAIT in found,
    )


def asks_what_changed(appointment: Appointment, now: datetime) -> bool:
    """Whether this is a later session of a course, before which nobody has said yet if anything has changed."""
    if (appointment.session_number or 1) == 1 or latest_screening(appointment):
        return False
    edition = edition_of(appointment.treatment, Clinic.objects.current(), at=now)
    return edition is not None and bool(screening.questions(edition.content))
