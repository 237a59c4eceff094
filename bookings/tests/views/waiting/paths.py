"""The addresses of the waiting list's pages."""

from bookings.models import Appointment, WaitingEntry


def wait_path(asked: Appointment) -> str:
    return f"{asked.patient_path()}waiting/"


def actions(entry: WaitingEntry) -> list[str]:
    return [f"{entry.patient_path()}{action}/" for action in ("take", "decline", "leave")]
