"""Which answers a question wants on the phone, and what they say against a visit."""

from datetime import timedelta

import pytest
from django.test import Client

from bookings.models import Appointment, Consent, ConsentText, Screening
from bookings.tests.admin.questions.asking import store, waits
from bookings.tests.diary import Diary
from treatments.enums import Outcome
from treatments.models import Contraindication
from treatments.tests.factories import ContraindicationFactory
from treatments.tests.pages import sign_draft

pytestmark = pytest.mark.django_db


def test_every_question_wants_an_answer(desk: Client, asked: Appointment, text: ConsentText) -> None:
    assert "“not sure” is one." in store(desk, asked, text, q1_reply="")
    assert not Screening.objects.exists()


def test_what_speaks_against_a_visit_is_shown_and_not_stored(
    desk: Client, asked: Appointment, text: ConsentText
) -> None:
    body = store(desk, asked, text, q1_reply="yes")
    assert "Not now" in body
    assert "Nobody has tested it." in body
    assert not Screening.objects.exists()
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Enter the day, or tick the box below it."),
        ({"q1_since": "2026-12-08"}, "Enter today or a day before"),
        ({"q1_since": "soon"}, "Enter a valid date."),
    ],
)
def test_a_wait_needs_a_day_from_which_it_counts(
    desk: Client, diary: Diary, asked: Appointment, text: ConsentText, typed: dict[str, str], says: str
) -> None:
    waits(diary)
    assert says in store(desk, asked, text, q1_reply="yes", **typed)
    assert not Screening.objects.exists()


def test_a_wait_that_is_not_over_names_the_first_day(
    desk: Client, diary: Diary, asked: Appointment, text: ConsentText
) -> None:
    waits(diary)
    body = store(desk, asked, text, q1_reply="yes", q1_since="2026-12-05")
    assert "Move the appointment to 19 December 2026 or later." in body
    assert "The answers ask for a later time." in body
    assert Screening.objects.get().not_before == (diary.now + timedelta(days=12)).date()


def test_a_follow_up_is_wanted_after_a_yes_only(
    desk: Client, diary: Diary, asked: Appointment, text: ConsentText
) -> None:
    Contraindication.objects.all().delete()
    ContraindicationFactory(
        treatment=diary.treatment,
        question_en="Diabetes?",
        follow_up_en="Is it well controlled?",
        outcome=Outcome.REVIEW,
        outcome_if_no=Outcome.NOT_NOW,
    )
    sign_draft(diary.treatment, now=diary.now)
    assert "“not sure” is one." in store(desk, asked, text, q1_reply="yes")
    assert "Not now" in store(desk, asked, text, q1_reply="yes", **{"q1_follow_up": "no"})
    assert not Screening.objects.exists()
    store(desk, asked, text, q1_reply="no")
    assert Screening.objects.count() == 1
