"""What the care page and the check-in of a visit show: its signed page, its signs, and who is to be called."""

from datetime import datetime
from typing import Any

from bookings.care.check_in import Answers, Sign
from bookings.enums import Kind
from bookings.models import Appointment, CheckIn
from bookings.models.check_in import CheckInQuerySet
from bookings.sealed import unseal
from clinic.models import Clinic
from treatments.enums import SeekHelp
from treatments.models import Edition
from treatments.page import Page
from treatments.reading import Reading


def is_treated(appointment: Appointment) -> bool:
    """Whether something is done to the skin: a consultation asks for no preparation, and leaves nothing to heal."""
    return bool(appointment.type.kind == Kind.SESSION)


def reading_of(appointment: Appointment, clinic: Clinic, *, language: str, at: datetime) -> Reading | None:
    """The signed page of its treatment in force at `at`, in `language` or, labelled, the clinic's default one.

    Prescription-only rows are in it: whoever has an appointment is no longer the public.
    """
    for code in dict.fromkeys([language, clinic.default_language]):
        editions = Edition.objects.in_force(language=code, at=at, demo=clinic.is_demo, prescription_only=True)
        if edition := editions.filter(treatment=appointment.treatment_id).first():
            return Reading(edition, code, code != language, prescription_only=True, before_after=False)
    return None


def signs_of(page: Page) -> list[Sign]:
    """The page's warning signs in its order, those of an emergency first."""
    rows = [row for row in page["complications"] if row["seek_help"] and row["warning_sign"]]
    signs = [Sign(row["key"], row["warning_sign"], SeekHelp(row["seek_help"])) for row in rows]
    return sorted(signs, key=lambda sign: sign.seek_help != SeekHelp.EMERGENCY)


def answers_of(check_in: CheckIn) -> Answers:
    """What was answered. Raises CannotUnseal."""
    return Answers.from_dict(unseal(check_in.answers))


def call_backs(user: Any) -> CheckInQuerySet:
    """Whom this member of staff sees that somebody is to call, the longest waiting first."""
    return CheckIn.objects.to_call().filter(appointment__in=Appointment.objects.visible_to(user))
