"""The order in which rows about patients are locked: visits, then patients, then messages; each by key.

Whoever changes a visit has it locked when they write a message about it, which locks its patient.
"""

from django.db.models import QuerySet

from bookings.models import Appointment, Message, Patient


def lock_visits(*patients: Patient | int) -> None:
    """Lock all appointments of these patients until the transaction ends; rows that name one can still be written."""
    keys = [one if isinstance(one, int) else one.pk for one in patients]
    visits = Appointment.objects.filter(patient__in=keys).order_by("pk")
    list(visits.select_for_update(no_key=True).values_list("pk"))


def lock_messages(messages: QuerySet[Message]) -> list[int]:
    """Lock these until the transaction ends; returns their keys."""
    rows = messages.order_by("pk").select_for_update(of=("self",), no_key=True)
    return list(rows.values_list("pk", flat=True))
