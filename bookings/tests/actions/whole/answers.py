"""Answers about health, and what people agree to."""

from datetime import datetime

from django.contrib.auth.models import User

from bookings.actions.answer import answer_questions
from bookings.actions.booking import Agreed, Screened, keep_consents, keep_screening
from bookings.actions.consent_texts import write_version
from bookings.actions.note_answers import note_answers
from bookings.actions.reseal import reseal_batch
from bookings.actions.review import review
from bookings.enums import ConsentKind, Reply
from bookings.models import Appointment, ConsentText, Screening
from bookings.screening import questions
from bookings.tests.actions.whole.case import Arguments, Case
from bookings.tests.diary import Diary


def given(diary: Diary, reply: Reply = Reply.NO) -> Screened:
    """The same reply to every question of the page."""
    edition = diary.treatment.editions.get()
    answers = {question.key: question.answered(reply).to_dict() for question in questions(edition.content)}
    return Screened(edition, answers, needs_review=reply == Reply.NOT_SURE, not_before=None, at=diary.now)


def stored(diary: Diary, asked: Appointment) -> Screening:
    assert asked.patient
    return keep_screening(given(diary, Reply.NOT_SURE), patient=asked.patient, appointment=asked)


def agreed(now: datetime) -> list[Agreed]:
    return [Agreed(text, now) for text in ConsentText.objects.filter(language="en").order_by("pk")]


def unchanged_since_a_review(now: datetime, staff: User) -> Arguments:
    diary = Diary(now=now)
    asked = diary.request(diary.at(1, 10))
    seen = stored(diary, asked)
    review(screening=seen, by=staff, now=now)
    seen.refresh_from_db()
    return {"appointment": asked, "screened": given(diary), "seen": seen, "unchanged": seen}


def on_the_phone(now: datetime, staff: User) -> Arguments:
    diary = Diary(now=now)
    return {"appointment": diary.request(diary.at(1, 10)), "screened": given(diary), "agreed": agreed(now)}


def two_texts(now: datetime, staff: User) -> Arguments:
    diary = Diary(now=now)
    asked = diary.request(diary.at(1, 10))
    return {"agreed": agreed(now), "patient": asked.patient, "appointment": asked}


def not_sure(now: datetime, staff: User) -> Arguments:
    diary = Diary(now=now)
    return {"screening": stored(diary, diary.request(diary.at(1, 10))), "by": staff, "now": now}


def two_sealed(now: datetime, staff: User) -> Arguments:
    diary = Diary(now=now)
    for day in (1, 2):
        stored(diary, diary.request(diary.at(day, 10)))
    return {"after": 0, "size": 10}


def a_second_version(now: datetime, staff: User) -> Arguments:
    Diary(now=now)
    return {"kind": ConsentKind.DATA, "language": "en", "text": "We keep less.", "seen": 1, "now": now}


CASES = [
    Case(answer_questions, unchanged_since_a_review, 2),
    Case(note_answers, on_the_phone, 2),
    Case(keep_consents, two_texts, 1),
    Case(review, not_sure, 1),
    Case(reseal_batch, two_sealed, 1),
    Case(write_version, a_second_version, 1),
]
