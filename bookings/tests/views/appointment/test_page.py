"""The page says what, when, where, with whom, how things stand, and what happens next."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Course
from bookings.tests.actions.states import WAYS
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from clinic.models import Clinic

HEADINGS = {
    State.REQUESTED: "We have your request",
    State.CONFIRMED: "Your appointment is confirmed",
    State.DECLINED: "We could not take this appointment",
    State.CANCELLED: "This appointment is cancelled",
    State.LAPSED: "We did not answer in time",
    State.ARRIVED: "Your appointment",
    State.COMPLETED: "Your appointment",
    State.NO_SHOW: "Your appointment",
}


def test_it_says_what_when_where_with_whom_and_what_happens_next(asked: Appointment, visitor: Visitor) -> None:
    text = visitor.get(asked.patient_path()).main.text
    assert "Tuesday 8 December 2026 10:00–10:30 Berlin time (CET)" in text
    for shown in (asked.reference, "Consultation", asked.practitioner.name, "Teststr. 1, 10115 Berlin", "Ada Example"):
        assert shown in text
    assert "The clinic answers within 1 working day. Until then the time stays yours." in text
    assert "call us and give the reference: +49 30 23125001" in text


@pytest.mark.parametrize("state", list(HEADINGS))
def test_it_says_how_things_stand(asked: Appointment, visitor: Visitor, diary: Diary, state: State) -> None:
    for step in WAYS[state]:
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    visitor.get(asked.patient_path())
    assert visitor.status == 200
    assert visitor.heading == HEADINGS[state]
    assert visitor.main.one("p", class_="state").text == asked.get_state_display()
    given_up = state in {State.DECLINED, State.CANCELLED, State.LAPSED}
    assert ("You can choose another time, or call us." in visitor.main.text) is given_up


def test_answers_that_ask_for_a_later_day_are_said_until_the_visit_is_moved(
    asked: Appointment, visitor: Visitor, diary: Diary
) -> None:
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    said, day = "Your answers ask for a later day than this one.", asked.local_start.date()
    for not_before, is_said in ((day, False), (day + timedelta(days=1), True)):
        asked.screenings.update(not_before=not_before)
        assert (said in visitor.get(asked.patient_path()).main.text) is is_said


def test_who_did_not_come_is_asked_to_book_another_time(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    for step in WAYS[State.NO_SHOW]:
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    text = visitor.get(asked.patient_path()).main.text
    assert "We missed you. Please book another time, or call us." in text
    assert visitor.main.link("Choose another time") == "/en/book/"
    assert "If anything worries you afterwards" not in text


def test_a_request_that_nobody_answered_in_time_says_so(
    asked: Appointment, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    clock.move_to(asked.starts_at - timedelta(seconds=1))
    assert visitor.get(asked.patient_path()).heading == HEADINGS[State.REQUESTED]
    clock.move_to(asked.starts_at)
    assert visitor.get(asked.patient_path()).heading == HEADINGS[State.LAPSED]
    assert Appointment.objects.get().state == State.REQUESTED


def test_a_confirmed_appointment_says_what_to_bring(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    diary.location.what_to_bring_en = "An identity card\n\nYour questions"
    diary.location.save()
    assert "An identity card" not in visitor.get(asked.patient_path()).main.text
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    bring = visitor.get(asked.patient_path()).main.one("ul", class_="bullets")
    assert [line.text for line in bring.all("li")] == ["An identity card", "Your questions"]


def test_the_link_opens_the_page_in_the_language_of_its_address(asked: Appointment, visitor: Visitor) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    visitor.get(asked.patient_path().replace("/en/", "/fa/"))
    assert visitor.status == 200
    assert visitor.page.one("html").get("dir") == "rtl"
    assert asked.reference in visitor.main.text


def test_a_session_of_a_course_says_which(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    asked.course, asked.session_number = course_at(asked, sessions=5), 2
    asked.save()
    assert "Session 2 of 5" in visitor.get(asked.patient_path()).main.text


def course_at(consultation: Appointment, *, sessions: int) -> Course:
    return Course.objects.create(
        consultation=consultation,
        treatment=consultation.treatment,
        type=consultation.type,
        phase="First",
        sessions=sessions,
        gap_from=7,
        created_at=consultation.requested_at,
    )


@pytest.mark.parametrize("state", [State.REQUESTED, State.CANCELLED])
def test_it_costs_few_queries(
    asked: Appointment, diary: Diary, state: State, django_assert_max_num_queries: Any
) -> None:
    for step in WAYS[state]:
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    with django_assert_max_num_queries(10):
        Client().get(asked.patient_path())
