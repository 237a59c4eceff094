"""From the appointment to a new time, once, and what is said when it was taken or seen too long ago."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from bookings.actions.change import change_state
from bookings.actions.move import Move, move
from bookings.enums import Actor, State
from bookings.models import Appointment
from bookings.tests.actions.states import WAYS
from bookings.tests.actions.waiting import booking
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import everything
from bookings.tests.views.move.ways import path, to_check


def test_from_the_appointment_by_the_calendar_to_the_new_time(
    asked: Appointment, visitor: Visitor, diary: Diary
) -> None:
    visitor.get(asked.patient_path()).follow("Move it to another time")
    assert visitor.heading == "Choose a new time"
    assert "Now it is on Wednesday 9 December, 10:00." in visitor.main.text
    visitor.get(f"{path(asked)}?day=2026-12-10").press("14:00")
    assert visitor.heading == "Move the appointment?"
    [before, after, where] = visitor.main.one("dl").all("dd")
    assert before.text == f"Wednesday 9 December 2026, 10:00 {asked.practitioner.name}"
    assert after.text == f"Thursday 10 December 2026, 14:00 {asked.practitioner.name}"
    assert "Berlin time (CET)" in where.text
    visitor.press("Move it")
    assert visitor.path == f"{asked.patient_path()}?done=moved"
    assert "Your appointment is moved. The old time is free for others now." in visitor.main.text
    assert "Thursday 10 December 2026 14:00–14:30" in visitor.main.text
    asked.refresh_from_db()
    assert (asked.starts_at, asked.state) == (diary.at(3, 14), State.REQUESTED)


def test_a_confirmed_one_stays_confirmed(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    to_check(visitor, asked, diary.at(3, 14))
    assert "It is confirmed at the new time at once." in visitor.main.text
    assert visitor.press("Move it").heading == "Your appointment is confirmed"


def test_promise_15_opening_its_pages_changes_nothing(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    to_check(visitor, asked, diary.at(3, 14))
    before = everything()
    for page in (path(asked), f"{path(asked)}?day=2026-12-10", visitor.path, f"{path(asked)}check/"):
        for method in ("get", "head", "options", "put", "delete"):
            getattr(Client(), method)(page)
    to_check(visitor, asked, diary.at(3, 14))  # choosing a time is not moving yet
    assert everything() == before


def test_promise_10_sent_twice_it_moves_once_and_both_see_it(
    asked: Appointment, visitor: Visitor, diary: Diary
) -> None:
    form = to_check(visitor, asked, diary.at(3, 14)).main.form_with("Move it")[0]
    visitor.press("Move it")
    before = everything()
    again = Client().post(form.get("action"), form.fields())
    assert (again.status_code, again["Location"]) == (302, f"{asked.patient_path()}?done=moved")
    assert everything() == before


def test_a_time_that_was_taken_meanwhile_shows_the_nearest(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    to_check(visitor, asked, diary.at(3, 14))
    diary.request(diary.at(3, 14), visitor="quicker", booking=booking("Bea"))
    before = everything()
    visitor.press("Move it")
    assert visitor.status == 409
    assert visitor.main.one("h2", id="error-summary-title").text == "That time has just been taken"
    assert everything() == before
    visitor.press("Thu 10 Dec, 14:30").press("Move it")
    assert "Thursday 10 December 2026 14:30–15:00" in visitor.main.text


def test_so_does_one_that_was_taken_before_it_was_asked_about(
    asked: Appointment, visitor: Visitor, diary: Diary
) -> None:
    diary.request(diary.at(3, 14), visitor="quicker", booking=booking("Bea"))
    assert to_check(visitor, asked, diary.at(3, 14)).status == 409


def test_whoever_saw_an_older_time_is_told_the_present_one(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    to_check(visitor, asked, diary.at(3, 14))
    move(moves=[Move(asked, diary.at(4, 9))], actor=Actor.STAFF, now=diary.now)
    before = everything()
    visitor.press("Move it")
    assert visitor.status == 409
    assert "This appointment was changed meanwhile. Nothing was moved." in visitor.main.text
    assert "Friday 11 December 2026 09:00–09:30" in visitor.main.text
    assert everything() == before


def test_whoever_is_late_is_asked_to_call(
    asked: Appointment, visitor: Visitor, diary: Diary, clock: time_machine.Traveller
) -> None:
    form = to_check(visitor, asked, diary.at(3, 14)).main.form_with("Move it")[0]
    clock.move_to(asked.starts_at - timedelta(hours=24))
    before = everything()
    for response in (Client().get(path(asked)), Client().post(form.get("action"), form.fields())):
        visitor.arrive(response, path(asked))
        assert (visitor.status, visitor.heading) == (409, "Please call us")
    assert everything() == before


@pytest.mark.parametrize("state", [State.DECLINED, State.CANCELLED, State.ARRIVED, State.COMPLETED, State.NO_SHOW])
def test_what_is_over_leads_to_its_page(asked: Appointment, visitor: Visitor, diary: Diary, state: State) -> None:
    form = to_check(visitor, asked, diary.at(3, 14)).main.form_with("Move it")[0]
    for step in WAYS[state]:
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    before = everything()
    for response in (Client().get(path(asked)), Client().post(form.get("action"), form.fields())):
        assert (response.status_code, response["Location"]) == (302, asked.patient_path())
    assert everything() == before
