"""No visit now, a review, or fine: what each page says, and what is stored."""

from datetime import datetime
from typing import Any

import pytest

from bookings.models import Appointment, Screening
from bookings.sealed import unseal
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import rows_of
from bookings.tests.views.asked import ALLERGY, DIABETES, PREGNANT, WEAK, answer, asks, to_questions
from bookings.tests.views.ways import QUESTIONS, TIMES, to_check
from bookings.views.visitor import ANSWERS
from treatments.enums import Outcome

REVIEWED = "A clinician will look at your answers before we confirm the appointment."


@pytest.mark.parametrize(
    ("row", "replies", "title"),
    [
        (WEAK, ["yes"], "This treatment is not suitable for you"),
        (PREGNANT, ["yes"], "Please wait with this treatment"),
        (DIABETES, ["yes", "no"], "Please wait with this treatment"),
    ],
)
def test_where_there_is_no_visit_now_it_says_why_and_what_to_do_and_stores_nothing(
    diary: Diary, newcomer: Visitor, row: dict[str, Any], replies: list[str], title: str
) -> None:
    asks(diary, ALLERGY, {**row, "reason_en": "This is why.", "advice_en": "Do this instead."})
    before = rows_of(Appointment, Screening)
    answer(to_questions(newcomer), "no", *replies)
    assert (newcomer.status, newcomer.heading) == (200, title)
    # In answer to the post: the page cannot be opened by its address.
    assert newcomer.path.startswith(f"{QUESTIONS}2/")
    for said in ("This is why.", "Do this instead.", "We have not kept your answers."):
        assert said in newcomer.main.text
    assert newcomer.main.link("Read about our other treatments") == "/en/treatments/"
    assert newcomer.main.one("a", class_="phone").get("href").startswith("tel:")
    assert "no-store" in newcomer.response["Cache-Control"]
    assert ANSWERS not in newcomer.client.session
    assert rows_of(Appointment, Screening) == before
    assert newcomer.get(TIMES).path == f"{QUESTIONS}1/"


def test_who_held_a_time_already_frees_it_with_such_an_answer(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    answer(visitor.get(f"{QUESTIONS}1/"), "yes")
    assert visitor.heading == "Please wait with this treatment"
    assert not Appointment.objects.exists()
    assert not set(visitor.client.session.keys()) & {ANSWERS, "details", "chosen"}


def test_a_slip_can_be_mended(diary: Diary, newcomer: Visitor) -> None:
    answer(to_questions(newcomer), "yes").follow("Answer the questions again")
    assert answer(newcomer, "no").heading == "Choose a time"


def test_not_sure_is_looked_at_by_a_clinician_and_goes_on(diary: Diary, newcomer: Visitor) -> None:
    answer(to_questions(newcomer), "not_sure")
    assert newcomer.heading == "Choose a time"
    assert REVIEWED in newcomer.main.one("div", class_="notice").text


def test_what_a_clinician_reviews_is_flagged_on_the_request(diary: Diary, newcomer: Visitor) -> None:
    edition = asks(diary, DIABETES, ALLERGY)
    answer(to_questions(newcomer), "yes", "yes", "no")
    assert REVIEWED in newcomer.main.text
    newcomer.press("14:30").press("Continue", **TYPED).press("Ask for this appointment")
    kept = Screening.objects.get()
    assert (kept.edition, kept.needs_review, kept.not_before) == (edition, True, None)
    assert (kept.answered_at, kept.answered_by, kept.appointment) == (diary.now, "patient", Appointment.objects.get())
    answers = unseal(kept.answers)
    assert {key: (one["reply"], one["follow_up"]) for key, one in answers.items()} == {
        "diabetes": ("yes", "yes"),
        "allergy": ("no", None),
    }
    assert "diabetes" not in kept.answers
    [data, terms] = kept.patient.consents.order_by("kind")
    assert (data.kind, data.text, data.version, data.given_at) == (
        "data",
        "The text about data.\n\nIts second paragraph.",
        1,
        diary.now,
    )
    assert terms.kind == "terms"
    assert ANSWERS not in newcomer.client.session


def test_fine_answers_are_stored_without_a_flag(diary: Diary, newcomer: Visitor) -> None:
    answer(to_questions(newcomer), "no").press("14:30").press("Continue", **TYPED).press("Ask for this appointment")
    kept = Screening.objects.get()
    assert (kept.needs_review, kept.not_before) == (False, None)


def test_only_the_answers_that_this_treatment_asked_for_are_stored(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ALLERGY, DIABETES)
    answer(to_questions(newcomer), "no", "no")
    asks(diary, ALLERGY)
    newcomer.get(TIMES).press("14:30").press("Continue", **TYPED).press("Ask for this appointment")
    assert set(unseal(Screening.objects.get().answers)) == {"allergy"}


def test_an_answer_that_the_clinic_weighs_otherwise_by_now_is_asked_for_once_more(
    diary: Diary, newcomer: Visitor, now: datetime
) -> None:
    asks(diary, WEAK | {"outcome": Outcome.REVIEW}, ALLERGY)
    answer(to_questions(newcomer), "yes", "no")
    assert newcomer.heading == "Choose a time"
    asks(diary, WEAK, ALLERGY)
    newcomer.get(TIMES)
    assert (newcomer.path, newcomer.heading) == (f"{QUESTIONS}1/", "A weak muscle?")
    assert newcomer.get(QUESTIONS).path == f"{QUESTIONS}1/"
    assert newcomer.press("Continue").heading == "This treatment is not suitable for you"
