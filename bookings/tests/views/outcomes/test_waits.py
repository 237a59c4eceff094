"""A wait counts from a day, and only later times are offered."""

from datetime import date, timedelta

import pytest
import time_machine

from bookings.models import Appointment, Screening
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.asked import ISOTRETINOIN, answer, asks, to_questions
from bookings.tests.views.outcomes.waits import since
from bookings.tests.views.ways import CHECK, DETAILS, QUESTIONS, TIMES

REVIEWED = "A clinician will look at your answers before we confirm the appointment."


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
