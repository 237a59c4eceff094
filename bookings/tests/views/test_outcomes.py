"""What the answers lead to: no visit now, a later day, a look by a clinician, or nothing at all."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from bookings.models import Appointment, Screening
from bookings.sealed import unseal
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.factories import Diary
from bookings.tests.rows import rows_of
from bookings.tests.views.asked import ALLERGY, DIABETES, ISOTRETINOIN, PREGNANT, WEAK, answer, asks, to_questions
from bookings.tests.views.ways import CHECK, DETAILS, QUESTIONS, TIMES, to_check
from bookings.views.visitor import ANSWERS
from treatments.enums import Outcome

REVIEWED = "A clinician will look at your answers before we confirm the appointment."


def since(visitor: Visitor, day: str, month: str, year: str, **typed: str) -> Visitor:
    return visitor.press("Continue", since_day=day, since_month=month, since_year=year, **typed)


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


def test_a_wait_asks_from_when_on_it_counts(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ISOTRETINOIN)
    answer(to_questions(newcomer), "yes")
    assert (newcomer.path, newcomer.heading) == (f"{QUESTIONS}1/since/", "Which day do we count from?")
    assert "We ask you to wait 1 month after the last dose." in newcomer.main.text
    assert [label.text for label in newcomer.main.all("label")] == [
        "Day",
        "Month",
        "Year",
        "It is not over yet, or I do not know the day",
    ]
    assert newcomer.main.link("Back") == f"{QUESTIONS}1/"


def test_until_it_is_over_only_later_days_are_offered(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ISOTRETINOIN)
    since(answer(to_questions(newcomer), "yes"), "20", "11", "2026")
    assert newcomer.heading == "Choose a time"
    assert "Because of your answers, the first day is Sunday 20 December 2026." in newcomer.main.text
    assert "Next free: Monday 21 December, 09:00" in newcomer.main.text
    newcomer.get(f"{TIMES}?day=2026-12-18")
    assert not newcomer.main.all("button", class_="slot")
    assert [one.text for one in newcomer.main.all("span", class_="month__day") if one.text.startswith("18")] == [
        "18 too early"
    ]
    response = newcomer.client.post(TIMES, {"start": "20261218T0900Z"})
    assert response.status_code == 422
    assert not Appointment.objects.exists()
    newcomer.get(TIMES).press("09:00").press("Continue", **TYPED).press("Ask for this appointment")
    assert Screening.objects.get().not_before == date(2026, 12, 20)


@pytest.mark.parametrize("typed", [("۲۰", "۱۱", "۲۰۲۶"), ("٢٠", "١١", "٢٠٢٦")])
def test_the_day_is_read_in_persian_and_arabic_digits(
    diary: Diary, newcomer: Visitor, typed: tuple[str, str, str]
) -> None:
    asks(diary, ISOTRETINOIN)
    since(answer(to_questions(newcomer), "yes"), *typed)
    assert "the first day is Sunday 20 December 2026." in newcomer.main.text


def test_a_wait_that_is_over_is_fine(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ISOTRETINOIN)
    since(answer(to_questions(newcomer), "yes"), "7", "11", "2026")
    assert newcomer.heading == "Choose a time"
    assert not newcomer.main.all("div", class_="notice")


def test_a_wait_that_is_not_over_counts_from_the_day_of_the_answer_and_is_reviewed(
    diary: Diary, newcomer: Visitor, clock: time_machine.Traveller
) -> None:
    asks(diary, ISOTRETINOIN)
    answer(to_questions(newcomer), "yes").press("Continue", no_date="on")
    assert "the first day is Thursday 7 January 2027." in newcomer.main.text
    assert REVIEWED in newcomer.main.text
    # The first day does not move while somebody books at midnight.
    newcomer.press("09:00")
    clock.shift(timedelta(hours=20))
    newcomer.get(DETAILS).press("Continue", **TYPED).press("Ask for this appointment")
    assert newcomer.heading == "We have your request"
    assert Screening.objects.get().not_before == date(2027, 1, 7)


@pytest.mark.parametrize(
    ("typed", "message", "control"),
    [
        ({}, "Enter the day, or tick the box below it", "id_since_0"),
        ({"since_day": "20"}, "Enter the month and the year as well", "id_since_1"),
        (
            {"since_day": "31", "since_month": "11", "since_year": "2026"},
            "November 2026 has only 30 days",
            "id_since_0",
        ),
        (
            {"since_day": "8", "since_month": "12", "since_year": "2026"},
            "Enter today or a day before, or tick the box below it",
            "id_since_0",
        ),
        (
            {"since_day": "1", "since_month": "12", "since_year": "2026", "no_date": "on"},
            "Enter the day, or tick the box: not both",
            "id_since_0",
        ),
    ],
)
def test_a_day_that_is_missing_or_wrong_is_asked_for(
    diary: Diary, newcomer: Visitor, typed: dict[str, str], message: str, control: str
) -> None:
    asks(diary, ISOTRETINOIN)
    answer(to_questions(newcomer), "yes").press("Continue", **typed)
    assert newcomer.status == 422
    link = newcomer.main.one("div", class_="error-summary").one("a")
    assert (link.text, link.get("href")) == (message, f"#{control}")
    assert newcomer.main.form_with("Continue")[0].fields().items() >= typed.items()


def test_of_several_waits_the_latest_counts(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ISOTRETINOIN, {**ISOTRETINOIN, "key": "other", "question_en": "And the other?", "wait": 2})
    since(answer(to_questions(newcomer), "yes"), "1", "12", "2026")
    since(answer(newcomer, "yes"), "1", "12", "2026")
    assert "the first day is Monday 1 February 2027." in newcomer.main.text


def test_a_wait_beyond_what_can_be_booked_is_said_to_be(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, {**ISOTRETINOIN, "wait": 12})
    since(answer(to_questions(newcomer), "yes"), "1", "12", "2026")
    assert "There is no free time at the moment" in newcomer.main.text
    assert "further ahead than can be booked here" in newcomer.main.text


def test_a_held_time_that_is_too_early_after_another_answer_is_freed_and_the_details_stay(
    diary: Diary, newcomer: Visitor
) -> None:
    asks(diary, ISOTRETINOIN)
    visitor = answer(to_questions(newcomer), "no").press("14:30").press("Continue", **TYPED)
    assert visitor.path == CHECK
    since(answer(visitor.get(f"{QUESTIONS}1/"), "yes"), "20", "11", "2026")
    assert visitor.heading == "Choose a time"
    assert not Appointment.objects.exists()
    visitor.press("09:00")
    assert visitor.heading == "Check your answers"
    assert TYPED["name"] in visitor.main.text


def test_a_held_time_that_is_late_enough_stays(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ISOTRETINOIN)
    visitor = answer(to_questions(newcomer), "no").get(f"{TIMES}?day=2026-12-21").press("14:30")
    visitor.press("Continue", **TYPED)
    since(answer(visitor.get(f"{QUESTIONS}1/"), "yes"), "20", "11", "2026")
    assert visitor.heading == "Check your answers"
    assert "Monday 21 December 2026, 14:30" in visitor.main.text


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
