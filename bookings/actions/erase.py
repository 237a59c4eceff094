"""Erasing a person from the records: what is left says that somebody had an appointment, not who."""

from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType

from bookings.actions.locks import lock_messages
from bookings.enums import Channel, ErasureOutcome, MessageState
from bookings.models import (
    Appointment,
    CheckIn,
    Consent,
    DataLink,
    ErasureRequest,
    Message,
    Patient,
    Screening,
    StoppedNumber,
    Transition,
    WaitingEntry,
)
from bookings.models.appointment import new_secret
from bookings.queries.personal_data import about, staff_log

# What stands where a field may not be empty.
NOBODY = "–"


def erase(patient: Patient, *, now: datetime, by: User | None = None) -> None:
    """Take everything personal out of the rows about a patient; to be called with their visits locked.

    What tells of health is deleted. Diary, log and consents stay without the person, and every link is closed.
    """
    erase_staff_log(patient)
    erase_messages(patient)
    for gone in (Screening, CheckIn, DataLink):
        about(gone, patient).delete()
    for linked in (Appointment, WaitingEntry):
        for row in about(linked, patient):
            row.link_secret, row.needs = new_secret(), []
            row.save(update_fields=["link_secret", "needs"])
    about(Appointment, patient).update(visitor="")
    said = about(Transition, patient).exclude(reason="")
    said.filter(overrode="").update(reason="")
    # A rule is overridden with a reason; that there was one may stay.
    said.exclude(overrode="").update(reason=NOBODY)
    about(Consent, patient).filter(withdrawn_at=None).update(withdrawn_at=now)
    erase_wishes(patient, now=now, by=by)
    forget_number(patient)
    Patient.objects.filter(pk=patient.pk).update(
        name=NOBODY, birth_date=None, email="", phone="", booked_by="", channel=Channel.EMAIL, erased_at=now
    )


def erase_messages(patient: Patient) -> None:
    """Delete those to the patient; those to staff about them stay without their words, and may still be sent."""
    lock_messages(about(Message, patient))
    Message.objects.filter(patient=patient).delete()
    to_staff = about(Message, patient)
    to_staff.update(subject="", body="", problem="")
    # Whoever is sending one in this moment has its old words, and may not write them down any more.
    to_staff.filter(state=MessageState.LEASED).update(state=MessageState.WAITING, lease="", leased_until=None)


def erase_staff_log(patient: Patient) -> None:
    """The admin's log names the rows it is about; it also outlives records that were merged."""
    staff_log(patient).update(object_repr="")
    same_name = Patient.objects.filter(name=patient.name).values_list("pk", flat=True)
    of_patients = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Patient))
    merged = of_patients.filter(object_repr=patient.name).exclude(object_id__in=[str(key) for key in same_name])
    merged.update(object_repr="")


def erase_wishes(patient: Patient, *, now: datetime, by: User | None) -> None:
    wishes = ErasureRequest.objects.filter(patient=patient)
    wishes.filter(outcome=ErasureOutcome.DECLINED).update(reason=NOBODY)
    wishes.undecided().update(outcome=ErasureOutcome.ERASED, decided_at=now, decided_by=by)


def forget_number(patient: Patient) -> None:
    """That this number wants no text messages, unless it is also somebody else's."""
    others = Patient.objects.filter(phone=patient.phone).exclude(pk=patient.pk)
    if not others.exists():
        StoppedNumber.objects.filter(phone=patient.phone).delete()
