"""Answering the questions of an appointment that is there already."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from bookings.actions.answer import answer_questions
from bookings.actions.booking import Screened
from bookings.enums import Reply
from bookings.models import Appointment, Screening
from bookings.screening import questions
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(now: datetime) -> Appointment:
    diary = Diary(now=now)
    return diary.request(diary.at(1, 10))


def screened(asked: Appointment, reply: Reply = Reply.NO, *, at: datetime) -> Screened:
    edition = asked.treatment.editions.get()
    answers = {question.key: question.answered(reply).to_dict() for question in questions(edition.content)}
    return Screened(edition, answers, needs_review=reply == Reply.NOT_SURE, not_before=None, at=at)


def test_the_same_answers_sent_twice_at_once_are_stored_once(asked: Appointment, now: datetime) -> None:
    first = answer_questions(appointment=asked, screened=screened(asked, at=now), seen=None)
    again = screened(asked, at=now + timedelta(milliseconds=5))
    assert answer_questions(appointment=asked, screened=again, seen=None) == first
    assert Screening.objects.count() == 1


def test_other_answers_from_another_window_are_a_screening_of_their_own(asked: Appointment, now: datetime) -> None:
    answer_questions(appointment=asked, screened=screened(asked, at=now), seen=None)
    answer_questions(appointment=asked, screened=screened(asked, Reply.NOT_SURE, at=now), seen=None)
    assert Screening.objects.count() == 2
    assert asked.screenings.latest().needs_review


def test_the_same_answers_given_later_are_stored_again(asked: Appointment, now: datetime) -> None:
    first = answer_questions(appointment=asked, screened=screened(asked, at=now), seen=None)
    later = screened(asked, at=now + timedelta(days=7))
    assert answer_questions(appointment=asked, screened=later, seen=first) != first


def test_a_call_that_is_due_is_noted_once_until_a_clinician_has_seen_it(asked: Appointment, now: datetime) -> None:
    none = Screened(asked.treatment.editions.get(), {}, needs_review=True, not_before=None, at=now)
    first = answer_questions(appointment=asked, screened=none, seen=None)
    assert answer_questions(appointment=asked, screened=none, seen=first) == first
    first.reviewed_by, first.reviewed_at = User.objects.create_user("mona"), now
    first.save()
    assert answer_questions(appointment=asked, screened=none, seen=first) != first


def test_a_held_time_has_nobody_who_could_answer(now: datetime) -> None:
    diary = Diary(now=now)
    held = diary.hold(diary.at(1, 10))
    with pytest.raises(ValueError, match="nobody"):
        answer_questions(appointment=held, screened=screened(held, at=now), seen=None)
