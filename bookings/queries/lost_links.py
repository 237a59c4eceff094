"""Whose links are lost, and what they opened."""

from datetime import datetime

from django.db.models import Q

from bookings import lifecycle
from bookings.enums import State
from bookings.models import Appointment, Patient, WaitingEntry


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
    return list(found.select_related("location", "patient").order_by("starts_at", "pk"))


def entries_of(email: str) -> list[WaitingEntry]:
    """What this address waits for; an entry that belongs to an appointment is on that appointment's page."""
    waiting = WaitingEntry.objects.waiting().filter(appointment=None, patient__email__iexact=email)
    return list(waiting.select_related("location", "patient"))
