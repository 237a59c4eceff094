"""Which times and whom the calendar of a move shows."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.models import Appointment, TimeOff
from bookings.templatetags.diary import instant
from bookings.tests.answered import answered
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import everything
from bookings.tests.views.move.ways import path, to_check
from clinic.tests.factories import PractitionerFactory


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


@pytest.mark.parametrize("appointments", [0, 20])
def test_the_calendar_costs_the_same_with_many_appointments(
    asked: Appointment, diary: Diary, appointments: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(appointments):
        diary.request(diary.at(3 + number, 10), visitor=f"v{number}") if (number % 7) in (0, 1) else None
    with django_assert_max_num_queries(14):
        Client().get(path(asked))
