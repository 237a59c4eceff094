"""Ada with everything the clinic can store about somebody, and Bo beside her."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User

from bookings.enums import ConsentKind, ErasureOutcome, MessageKind, MessageState, Reply, State
from bookings.models import (
    AnswersRead,
    Appointment,
    CheckIn,
    DataLink,
    ErasureRequest,
    Message,
    Patient,
    PlaceOffer,
    StoppedNumber,
    Transition,
    WaitingEntry,
)
from bookings.sealed import seal
from bookings.tests.actions.waiting import booking
from bookings.tests.diary import CONTACT
from bookings.tests.planned import Planned

BORN = date(1985, 12, 10)
# What tells who she is, or how: none of it may be left anywhere once she is forgotten.
TRACES = (
    CONTACT.name,
    CONTACT.email,
    CONTACT.phone,
    BORN.isoformat(),
    "Her mother",
    "step_free",
    "She faints",
    "Your appointment, Ada",
    "browser of ada",
)


def traces_in(rows: Any) -> set[str]:
    text = json.dumps(rows, default=lambda value: getattr(value, "as_e164", None) or str(value), ensure_ascii=False)
    return {trace for trace in TRACES if trace in text}


class AboutAda:
    """Her consultation is completed and a course booked; she waits for another place, and was written to.

    `never_here` undoes the visit: it is a request that is still to come, without a course.
    """

    def __init__(self, *, now: datetime, never_here: bool = False) -> None:
        self.planned = Planned(now=now, sessions=2)
        self.now, self.diary = now, self.planned.diary
        self.sessions = self.planned.book()
        self.consultation = self.planned.consultation
        assert self.consultation.patient
        self.ada: Patient = self.consultation.patient
        self.bo = self.diary.request(self.diary.at(3, 16), visitor="bo", booking=booking("Bo Other"))
        Patient.objects.filter(pk=self.ada.pk).update(birth_date=BORN, booked_by="Her mother")
        self.ada.refresh_from_db()
        Appointment.objects.filter(patient=self.ada).update(visitor="browser of ada")
        self.consultation.refresh_from_db()
        self.entry = WaitingEntry.objects.create(
            patient=self.ada,
            type=self.diary.type,
            treatment=self.diary.treatment,
            location=self.diary.location,
            needs=["step_free"],
            created_at=now,
        )
        PlaceOffer.objects.create(
            entry=self.entry,
            practitioner=self.diary.practitioner,
            starts_at=now + timedelta(days=1),
            state="expired",
            offered_at=now - timedelta(days=2),
            until=now - timedelta(days=1),
        )
        self.screening = self.planned.answer(at=now, **{self.first_question: Reply.NOT_SURE})
        staff = User.objects.create_user("clara", email="clara@clinic.example")
        AnswersRead.objects.create(screening=self.screening, user=staff, at=now)
        checked = CheckIn.objects.create(
            appointment=self.consultation, answered_at=now, answers=seal({"feeling": "worse"}), needs_call=True
        )
        AnswersRead.objects.create(check_in=checked, user=staff, at=now)
        Transition.objects.filter(appointment=self.consultation).update(reason="She faints")
        self.link = DataLink.objects.create(
            appointment=self.consultation, created_at=now, expires_at=now + timedelta(hours=1)
        )
        self.said(patient=self.ada, sent_to=CONTACT.email)
        self.said(sent_to="clara@clinic.example", kind=MessageKind.STAFF_REQUEST)
        StoppedNumber.objects.create(phone=CONTACT.phone, stopped_at=now)
        ErasureRequest.objects.create(
            patient=self.ada, asked_at=now, decided_at=now, outcome=ErasureOutcome.DECLINED, reason="She faints"
        )
        LogEntry.objects.log_actions(staff.pk, [self.ada], CHANGE, "Changed.", single_object=True)
        if never_here:
            Appointment.objects.filter(pk=self.consultation.pk).update(
                state=State.REQUESTED, over_at=None, starts_at=self.diary.at(5, 9), ends_at=self.diary.at(5, 10)
            )

    @property
    def first_question(self) -> str:
        return next(iter(self.planned.answers(at=self.now).answers))

    def said(self, *, kind: str = MessageKind.CONFIRMED, **values: Any) -> Message:
        return Message.objects.create(
            kind=kind,
            event=f"test {kind}",
            channel="email",
            appointment=self.consultation,
            language="en",
            due_at=self.now,
            created_at=self.now,
            sent_at=self.now,
            state=MessageState.SENT,
            subject="Your appointment, Ada",
            body="Your appointment, Ada",
            **values,
        )

    def consent(self, kind: ConsentKind) -> Any:
        return self.ada.consents.filter(kind=kind).latest("given_at", "pk")
