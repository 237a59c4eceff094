"""One-time links to a patient's own data: sent to the address on record, opened with the birth date."""

from datetime import date, datetime, timedelta

from django.db import transaction

from bookings.actions.outbox import take_back, write
from bookings.enums import Channel, MessageKind
from bookings.models import Appointment, DataLink, Message

GOOD_FOR = timedelta(hours=1)


@transaction.atomic
def send_data_link(*, appointment: Appointment, now: datetime) -> DataLink:
    """Make a link to the data of the appointment's patient, and the mail that brings it. It replaces those before."""
    # Locked before its messages are, as everybody does; and asked for twice, the second link is made after the first.
    Appointment.objects.select_for_update(no_key=True).get(pk=appointment.pk)
    take_back(Message.objects.filter(appointment=appointment, kind=MessageKind.DATA))
    DataLink.objects.filter(appointment=appointment, used_at=None).delete()
    link = DataLink.objects.create(appointment=appointment, created_at=now, expires_at=now + GOOD_FOR)
    write(
        kind=MessageKind.DATA,
        event=f"data link {link.pk}",
        due_at=now,
        now=now,
        not_after=link.expires_at,
        # Whoever asked for it sits before a screen; a text message would be read on any lock screen.
        channel=Channel.EMAIL,
        appointment=appointment,
        patient=appointment.patient,
    )
    return link


@transaction.atomic
def try_birth_date(*, secret: str, birth_date: date, now: datetime) -> DataLink | None:
    """Use the link up if this is the patient's birth date, else count the try; None for a link that opens nothing.

    Whoever gets a link with `used_at` may see the data.
    """
    rows = DataLink.objects.open(at=now).select_for_update(of=("self",)).select_related("appointment__patient")
    link = rows.filter(secret=secret).first()
    patient = link.appointment.patient if link else None
    if link is None or patient is None or patient.birth_date is None:
        return None
    if patient.birth_date == birth_date:
        link.used_at = now
    else:
        link.tries += 1
    link.save(update_fields=["used_at", "tries"])
    return link
