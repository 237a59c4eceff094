"""Another time for one session of a held set."""

from datetime import datetime, timedelta

import pytest
import time_machine

from bookings.enums import State
from bookings.models import Appointment
from bookings.queries.courses import key_of
from bookings.templatetags.diary import instant
from bookings.tests.browser import Visitor
from bookings.tests.factories import TimeOffFactory
from bookings.tests.page import Element
from bookings.tests.planned import Planned
from bookings.tests.rows import bookings, everything

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def planned(now: datetime, clock: time_machine.Traveller) -> Planned:
    """Held on Tuesdays at ten: in 1, 8, 15 and 22 days."""
    planned = Planned(now=now)
    planned.hold(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))
    return planned


def days_held(planned: Planned) -> list[int]:
    held = Appointment.objects.held_by(key_of(planned.course)).order_by("session_number")
    return [(one.starts_at - planned.diary.at(0, 10)).days for one in held]


def choose(visitor: Visitor, planned: Planned, number: int, start: datetime, **more: str) -> Visitor:
    path = planned.path(number)
    return visitor.arrive(visitor.client.post(path, {"start": instant(start), **more}, follow=True), path)


def free_days(main: Element) -> list[str]:
    return [link.text.split()[0] for link in main.all("a", class_="month__day--free")]


def test_only_days_that_keep_the_distance_to_the_session_before_are_shown(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path()).follow("Change the time of session 2")
    assert visitor.heading == "Another time for this session"
    assert "The plan asks for 7–10 days from the session before, on Tuesday 8 December." in visitor.main.text
    assert free_days(visitor.main) == ["15", "16", "17", "18"]


def test_the_first_session_may_go_to_any_day_after_the_cooling_off(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path(1))
    assert free_days(visitor.main)[:4] == ["8", "9", "10", "11"]


def test_a_time_that_keeps_the_plan_moves_only_this_session(planned: Planned, visitor: Visitor) -> None:
    choose(visitor, planned, 4, planned.diary.at(24, 10))
    assert visitor.heading == "Do these times suit you?"
    assert "Session 4 has another time. The other times stay." in visitor.main.text
    assert days_held(planned) == [1, 8, 15, 24]


def test_the_later_ones_move_along_and_it_is_said(planned: Planned, visitor: Visitor) -> None:
    choose(visitor, planned, 2, planned.diary.at(11, 10))
    assert (
        "Session 2 has another time. To keep the plan, these have moved along: Sessions 3 and 4." in visitor.main.text
    )
    assert days_held(planned) == [1, 11, 18, 25]


def test_a_time_that_leaves_no_room_for_the_others_changes_nothing(planned: Planned, visitor: Visitor) -> None:
    TimeOffFactory(
        practitioner=planned.diary.practitioner,
        location=planned.diary.location,
        starts_at=planned.diary.at(16, 0),
        ends_at=planned.diary.at(21, 20),
    )
    before = bookings()
    choose(visitor, planned, 2, planned.diary.at(11, 10))
    assert visitor.status == 409
    assert "would find no time that keeps the plan" in visitor.main.text
    assert bookings() == before


def test_a_time_that_someone_else_took_shows_the_nearest_and_the_set_stays(planned: Planned, visitor: Visitor) -> None:
    planned.diary.hold(planned.diary.at(9, 10), visitor="rival")
    before = bookings()
    choose(visitor, planned, 2, planned.diary.at(9, 10))
    assert visitor.status == 409
    assert "That time has just been taken" in visitor.main.text
    assert bookings() == before


@pytest.mark.parametrize("days", [7, 12])
def test_a_day_outside_the_plan_is_not_taken(planned: Planned, visitor: Visitor, days: int) -> None:
    before = bookings()
    choose(visitor, planned, 2, planned.diary.at(days, 10))
    assert visitor.status == 409
    assert bookings() == before


def test_nonsense_is_answered_with_the_page(planned: Planned, visitor: Visitor) -> None:
    before = everything()
    for sent in ({}, {"start": "soon"}, {"start": instant(planned.diary.at(9, 10)), "practitioner": "nobody"}):
        assert visitor.client.post(planned.path(2), sent).status_code == 422
    assert everything() == before


@pytest.mark.parametrize("number", [0, 5, 10**30])
def test_a_session_that_is_not_held_leads_back_to_the_course(planned: Planned, visitor: Visitor, number: int) -> None:
    for ask in (visitor.client.get, visitor.client.post):
        assert ask(planned.path(number)).headers["Location"] == planned.path()


def test_between_booked_sessions_it_keeps_both_distances(planned: Planned, visitor: Visitor) -> None:
    held = list(Appointment.objects.held_by(key_of(planned.course)))
    booked = planned.book_held(held)
    planned.cancel(booked[1])
    planned.hold()
    visitor.get(planned.path(2))
    assert free_days(visitor.main) == ["15"], "7 days after the first and 7 before the third"
    choose(visitor, planned, 2, planned.diary.at(8, 15))
    assert days_held(planned) == [8]
    assert planned.course.appointments.filter(state=State.REQUESTED).count() == 3


def test_what_a_stranger_sends_with_another_link_changes_nothing(planned: Planned, visitor: Visitor) -> None:
    other = planned.of_someone_else()
    path = f"{other.consultation.patient_path()}course/{planned.course.pk}/2/"
    before = bookings()
    assert visitor.client.get(path).status_code == 404
    assert visitor.client.post(path, {"start": instant(planned.diary.at(9, 10))}).status_code == 404
    assert bookings() == before
