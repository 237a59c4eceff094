"""What the care page and the check-in of a visit show: its signed page, its signs, and who is to be called."""

from typing import Any

from bookings.care.check_in import Answers, Sign
from bookings.models import Appointment, CheckIn
from bookings.models.check_in import CheckInQuerySet
from bookings.sealed import unseal
from treatments.enums import SeekHelp
from treatments.page import Page


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
