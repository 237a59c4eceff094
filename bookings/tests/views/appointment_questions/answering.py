"""Answering from the link."""

from datetime import timedelta

from bookings.actions.booking import Agreed, Booking, Screened, keep_screening
from bookings.enums import ConsentKind, Reply
from bookings.models import Appointment, ConsentText, Screening
from bookings.screening import questions
from bookings.tests.diary import CONTACT, Diary
from bookings.views.link import token_of


def agreed(diary: Diary) -> Booking:
    text = ConsentText.objects.current("en")[ConsentKind.DATA]
    return Booking(CONTACT, agreed=[Agreed(text, diary.now)])


def path(appointment: Appointment, more: str = "") -> str:
    return f"/en/appointments/{token_of(appointment)}/questions/{more}"


def answered(diary: Diary, appointment: Appointment, **replies: Reply) -> Screening:
    """Answers given earlier: no, but for `replies` by the question's key."""
    edition = diary.treatment.editions.latest("number")
    given = {one.key: one.answered(replies.get(one.key, Reply.NO)) for one in questions(edition.content)}
    plain = {key: one.to_dict() for key, one in given.items()}
    assert appointment.patient
    screened = Screened(edition, plain, needs_review=False, not_before=None, at=diary.now - timedelta(days=1))
    return keep_screening(screened, patient=appointment.patient, appointment=appointment)
