"""Moving from the patient's link: the calendar, the page that asks once more, and the button."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.actions.change import change_state
from bookings.actions.move import Move, move
from bookings.enums import Actor, State
from bookings.models import Appointment, TimeOff
from bookings.templatetags.diary import instant
from bookings.tests.actions.states import WAYS
from bookings.tests.actions.waiting import booking
from bookings.tests.answered import answered
from bookings.tests.browser import Visitor
from bookings.tests.factories import Diary
from bookings.tests.rows import everything
from clinic.tests.factories import PractitionerFactory


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """Wednesday, the day after tomorrow, at ten."""
    asked = diary.request(diary.at(2, 10))
    answered(asked)
    return asked


def path(asked: Appointment) -> str:
    return f"{asked.patient_path()}move/"


def to_check(visitor: Visitor, asked: Appointment, start: datetime, **chosen: str) -> Visitor:
    sent = {"start": instant(start), **chosen}
    return visitor.arrive(visitor.client.post(path(asked), sent, follow=True), path(asked))


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


def test_it_stays_with_the_same_person_unless_another_is_chosen(
    asked: Appointment, visitor: Visitor, diary: Diary
) -> None:
    other = add_person(diary)
    assert asked.practitioner.name in to_check(visitor, asked, diary.at(3, 14)).main.one("dl").text
    assert other.name not in visitor.main.one("dl").text
    to_check(visitor, asked, diary.at(3, 14), practitioner=other.slug)
    assert visitor.main.one("dl").all("dd")[1].text.endswith(other.name)
    visitor.press("Move it")
    assert Appointment.objects.get().practitioner == other


def test_it_goes_to_another_where_the_same_person_is_away_and_says_so(
    asked: Appointment, visitor: Visitor, diary: Diary
) -> None:
    other = add_person(diary)
    away = {"starts_at": diary.at(3, 9), "ends_at": diary.at(3, 17)}
    TimeOff.objects.create(practitioner=asked.practitioner, location=diary.location, **away)
    to_check(visitor, asked, diary.at(3, 14))
    assert visitor.main.one("dl").all("dd")[1].text.endswith(other.name)


def add_person(diary: Diary) -> Any:
    other = PractitionerFactory()
    diary.type.practitioners.add(other)
    for hours in diary.practitioner.working_hours.all():
        hours.pk, hours.practitioner = None, other
        hours.save()
    return other


def test_its_own_time_is_nothing_to_move_to(asked: Appointment, visitor: Visitor) -> None:
    before = everything()
    to_check(visitor, asked, asked.starts_at)
    assert visitor.path == f"{asked.patient_path()}?done=same"
    assert "That is the time you already have." in visitor.main.text
    assert everything() == before


def test_the_calendar_begins_when_the_answers_allow_it(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    answered(asked, not_before=date(2026, 12, 15), answered_at=diary.now + timedelta(minutes=1))
    visitor.get(path(asked))
    assert "Because of your answers, the first day is Tuesday 15 December 2026." in visitor.main.text
    assert "Next free: Tuesday 15 December, 09:00" in visitor.main.text


def test_a_first_day_that_is_today_by_the_places_clock_is_not_said(
    asked: Appointment, visitor: Visitor, diary: Diary, clock: time_machine.Traveller
) -> None:
    answered(asked, not_before=date(2026, 12, 8), answered_at=diary.now + timedelta(minutes=1))
    for before_midnight, is_said in ((timedelta(minutes=1), True), (timedelta(0), False)):
        clock.move_to(diary.at(1, 0) - before_midnight)
        visitor.get(path(asked))
        assert ("the first day is" in visitor.main.text) is is_said


def test_a_day_before_that_is_refused_and_says_why(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    answered(asked, not_before=date(2026, 12, 15), answered_at=diary.now + timedelta(minutes=1))
    before = everything()
    to_check(visitor, asked, diary.at(3, 14))
    assert (visitor.status, visitor.heading) == (409, "Not at that time")
    assert "asks for a later day" in visitor.main.text
    sent = {"start": instant(diary.at(3, 14)), "seen": instant(asked.starts_at)}
    assert Client().post(f"{path(asked)}check/", sent).status_code == 409
    assert everything() == before


def test_an_endless_wait_shows_a_calendar_without_times(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    answered(asked, not_before=date.max, answered_at=diary.now + timedelta(minutes=1))
    visitor.get(path(asked))
    assert visitor.status == 200
    assert "There is no other free time at the moment" in visitor.main.text


WRONG = ["", "yesterday", "20270229T0900Z", "\x00", "x" * 5000, "20000101T0900Z", "22001231T2330Z"]


def test_any_text_gets_an_answer_and_moves_nothing(asked: Appointment, visitor: Visitor) -> None:
    before = everything()
    for text in WRONG:
        sent = {"start": text, "seen": text, "practitioner": text}
        assert visitor.client.post(path(asked), sent).status_code in (302, 422), text
        assert visitor.client.get(f"{path(asked)}check/", sent).status_code == 302, text
        assert visitor.client.post(f"{path(asked)}check/", sent).status_code == 302, text
        assert visitor.client.post(f"{path(asked)}check/", {**sent, "start": "20261210T1300Z"}).status_code == 302
    assert everything() == before


def test_a_post_without_a_time_asks_for_one(asked: Appointment, visitor: Visitor) -> None:
    visitor.arrive(visitor.client.post(path(asked)), path(asked))
    assert visitor.status == 422
    assert visitor.title.startswith("Error: Choose a new time")
    assert visitor.main.one("div", class_="error-summary").one("a").text == "Choose one of the times below"


def test_a_form_of_another_site_moves_nothing(asked: Appointment, diary: Diary) -> None:
    before = everything()
    sent = {"start": instant(diary.at(3, 14)), "seen": instant(asked.starts_at)}
    assert Client(enforce_csrf_checks=True).post(f"{path(asked)}check/", sent).status_code == 403
    assert everything() == before


def test_its_pages_are_neither_stored_nor_indexed(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    for page in (path(asked), to_check(visitor, asked, diary.at(3, 14)).path):
        visitor.get(page)
        assert "no-store" in visitor.response["Cache-Control"]
        assert visitor.page.one("meta", name="robots").get("content") == "noindex"


@pytest.mark.parametrize("appointments", [0, 20])
def test_the_calendar_costs_the_same_with_many_appointments(
    asked: Appointment, diary: Diary, appointments: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(appointments):
        diary.request(diary.at(3 + number, 10), visitor=f"v{number}") if (number % 7) in (0, 1) else None
    with django_assert_max_num_queries(14):
        Client().get(path(asked))
