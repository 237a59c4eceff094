"""When nothing is asked, and what strangers and scanners get."""

import pytest
import time_machine
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Consent, Screening
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import everything, rows_of
from bookings.tests.views.appointment_questions.answering import path
from bookings.tests.views.asked import PREGNANT, answer, asks
from bookings.views.link import token_of


@pytest.mark.parametrize("state", [State.CANCELLED, State.DECLINED])
def test_about_a_visit_that_was_given_up_nothing_is_asked(
    diary: Diary, newcomer: Visitor, booked: Appointment, state: State
) -> None:
    change_state(appointment=booked, to=state, actor=Actor.STAFF, now=diary.now)
    for step in ("", "1/", "data/"):
        assert newcomer.get(path(booked, step)).path == booked.patient_path()
    assert newcomer.client.post(path(booked, "1/"), {"reply": "yes"})["Location"] == booked.patient_path()


def test_nor_about_one_whose_time_has_come(
    newcomer: Visitor, booked: Appointment, clock: time_machine.Traveller
) -> None:
    clock.move_to(booked.starts_at)
    assert newcomer.get(path(booked)).path == booked.patient_path()


def test_a_stranger_with_another_token_is_asked_nothing(diary: Diary, booked: Appointment) -> None:
    before = rows_of(Screening, Consent)
    for step in ("", "1/", "1/more/", "1/since/", "data/"):
        wrong = path(booked, step).replace(token_of(booked), f"{booked.reference}.{'0' * 40}")
        assert Client().get(wrong).status_code == 404
        assert Client().post(wrong, {"reply": "yes", "agree": "on"}).status_code in (404, 405)
    assert rows_of(Screening, Consent) == before


def test_opening_every_page_changes_nothing(diary: Diary, booked: Appointment) -> None:
    before = everything()
    changed = booked.patient_path() + "changed/"
    for one in (*(path(booked, step) for step in ("", "1/", "1/more/", "1/since/", "data/")), changed):
        for method in ("get", "head"):
            assert getattr(Client(), method)(one).status_code < 400
    assert everything() == before


def test_reading_stores_nothing_even_when_the_rest_is_not_asked_any_more(
    diary: Diary, newcomer: Visitor, booked: Appointment
) -> None:
    answer(newcomer.get(path(booked)), "no")
    asks(diary, PREGNANT)
    newcomer.get(path(booked))
    assert newcomer.heading == "Are you pregnant?"
    assert not Screening.objects.exists()
    assert newcomer.press("Continue").heading == "Thank you. We have your answers."
    assert Screening.objects.count() == 1
