"""What staff type when someone is away or a place is closed."""

from typing import Any

from bookings.models import Appointment
from bookings.tests.diary import Diary

LIST = "/admin/bookings/timeoff/"
ADD = f"{LIST}add/"
TOMORROW = "2026-12-08"


def typed(diary: Diary, **values: Any) -> dict[str, Any]:
    """Time off of the first practitioner, tomorrow from nine to noon."""
    found = {"practitioner": diary.practitioner.pk, "resource": "", "location": diary.location.pk, "note": ""}
    found |= {"starts_at_0": TOMORROW, "starts_at_1": "09:00", "ends_at_0": TOMORROW, "ends_at_1": "12:00"}
    return found | values


def closing(diary: Diary, **values: Any) -> dict[str, Any]:
    """A closure of the location, tomorrow."""
    found = {"location": diary.location.pk, "name": "Team day", "first_day": TOMORROW, "last_day": ""}
    return {**found, "starts": "", "ends": "", **values}


def decided(appointment: Appointment, verdict: str, reason: str = "") -> dict[str, str]:
    return {f"decision-{appointment.pk}-verdict": verdict, f"decision-{appointment.pk}-reason": reason}
