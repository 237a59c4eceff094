"""What the care page and the check-in of a visit show: its signed page, its signs, and who is to be called."""

from contextlib import suppress
from typing import Any

from bookings.care.check_in import Answers, Sign, Urgency
from bookings.models import Appointment, CheckIn
from bookings.models.check_in import CheckInQuerySet
from bookings.sealed import CannotUnseal, unseal
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


def emergencies(user: Any) -> list[int]:
    """The keys of those call-backs whose answers have a sign of an emergency: for the eyes of those who treat."""
    found = []
    for check_in in call_backs(user):
        # What no key opens keeps its place.
        with suppress(CannotUnseal):
            if answers_of(check_in).urgency == Urgency.EMERGENCY:
                found.append(check_in.pk)
    return found
