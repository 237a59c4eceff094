"""Sending the links of an address again, in one mail."""

from datetime import datetime

from bookings.actions.outbox import write
from bookings.enums import Channel, MessageKind
from bookings.models import Patient
from bookings.queries.lost_links import appointments_of, entries_of


def send_links(*, email: str, now: datetime) -> None:
    """Have the links of what this address has to come mailed to it, if there is anything; asked twice, once."""
    if not appointments_of(email, now=now) and not entries_of(email):
        return
    # In the language of whoever booked last.
    patient = Patient.objects.filter(email__iexact=email).order_by("-created_at", "-pk").first()
    if patient:
        event = f"links of patient {patient.pk}"
        write(kind=MessageKind.LINKS, event=event, due_at=now, now=now, patient=patient, channel=Channel.EMAIL)
