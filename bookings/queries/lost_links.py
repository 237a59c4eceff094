"""Whose links are lost, what they opened, and for how long."""

from datetime import datetime, timedelta

from django.db.models import Q

from bookings import lifecycle
from bookings.enums import State
from bookings.models import Appointment, Patient, WaitingEntry
from bookings.queries.courses import courses_of

# Half a year after a visit its questions are answered, and an old mail or a shared computer opens nothing any more.
GOOD_FOR = timedelta(days=180)


def address_on_record(contact: str) -> str:
    """The email address that was given with this address or reference; empty where nothing is known."""
    of_reference = Q(appointments__reference=contact) | Q(waiting_entries__reference=contact)
    known = Patient.objects.filter(Q(email__iexact=contact) if "@" in contact else of_reference)
    return known.order_by("-created_at", "-pk").values_list("email", flat=True).first() or ""


def appointments_of(email: str, *, now: datetime) -> list[Appointment]:
    """What this address has to come, the next first, and the consultations whose sessions can be booked from them."""
    coming = Q(state__in=lifecycle.BOOKED, starts_at__gt=now)
    planned = Q(state=State.COMPLETED, courses__isnull=False)
    found = Appointment.objects.filter(coming | planned, patient__email__iexact=email).distinct()
    rows = found.select_related("location", "patient").order_by("starts_at", "pk")
    return [one for one in rows if is_good(one, now=now)]


def is_good(appointment: Appointment, *, now: datetime) -> bool:
    """Whether its link opens: after a consultation also for the sessions planned there, and while one is missing."""
    if now < appointment.ends_at + GOOD_FOR:
        return True
    planned = [] if appointment.course_id else courses_of(appointment, now=now)
    return any(
        stands.missing or any(now < session.ends_at + GOOD_FOR for session in stands.booked.values())
        for stands in planned
    )


def entries_of(email: str) -> list[WaitingEntry]:
    """What this address waits for; an entry that belongs to an appointment is on that appointment's page."""
    waiting = WaitingEntry.objects.waiting().filter(appointment=None, patient__email__iexact=email)
    return list(waiting.select_related("location", "patient"))
