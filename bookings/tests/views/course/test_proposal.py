"""Which times are proposed, with whom, and what is said where there are none."""

from datetime import datetime

import pytest

from bookings.enums import State
from bookings.models import Appointment
from bookings.queries.courses import key_of
from bookings.tests.browser import Visitor
from bookings.tests.factories import TimeOffFactory
from bookings.tests.planned import Planned
from bookings.tests.views.course.shown import FOUR, days_shown, people_shown

pytestmark = pytest.mark.django_db


def test_the_set_is_proposed_with_whom_the_patient_knows(now: datetime, clock: object, visitor: Visitor) -> None:
    planned = Planned(now=now, people=2)
    known, other = planned.diary.practitioners
    assert planned.consultation.practitioner == known
    assert people_shown(visitor.get(planned.path())) == [known.name] * 4
    visitor.follow(other.name)
    assert people_shown(visitor) == [other.name] * 4
    TimeOffFactory(
        practitioner=known,
        location=planned.diary.location,
        starts_at=planned.diary.at(1, 8),
        ends_at=planned.diary.at(5, 18),
    )
    visitor.follow("anyone")
    assert people_shown(visitor) == [other.name] * 4, "who is free first"


def test_the_time_of_day_is_kept_where_it_can_be(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path()).follow("Afternoon")
    assert {day.rpartition(" ")[2] for day in days_shown(visitor)} == {"12:00"}
    visitor.follow("Evening")
    assert {day.rpartition(" ")[2] for day in days_shown(visitor)} == {"16:30"}, "nobody works then: the nearest"


def test_what_is_shown_is_what_is_held(planned: Planned, visitor: Visitor) -> None:
    shown = days_shown(visitor.get(f"{planned.path()}?part=afternoon"))
    visitor.press("Hold these times")
    assert days_shown(visitor) == shown


def test_a_time_that_was_taken_meanwhile_gives_another_set(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path())
    planned.diary.hold(planned.diary.at(8, 9), visitor="rival")
    visitor.press("Hold these times")
    assert visitor.status == 409
    assert "One of these times is no longer free" in visitor.main.text
    assert days_shown(visitor)[1] != FOUR[1]
    assert not Appointment.objects.held_by(key_of(planned.course)).exists()
    visitor.press("Hold these times")
    assert visitor.heading == "Do these times suit you?"


def test_no_free_times_say_so_with_the_phone(planned: Planned, visitor: Visitor) -> None:
    planned.course.type.practitioners.clear()
    visitor.get(planned.path())
    assert "There are no free times that keep the plan" in visitor.main.text
    assert visitor.main.all("a", class_="phone")
    assert visitor.main.all("button") == []


def test_a_cancelled_session_is_booked_again_between_the_others(planned: Planned, visitor: Visitor) -> None:
    sessions = planned.book()
    planned.cancel(sessions[1])
    visitor.get(planned.path())
    assert visitor.heading == "Times for your sessions"
    assert days_shown(visitor) == FOUR
    assert "Proposed" in visitor.main.text
    visitor.press("Hold this time")
    visitor.press("Book this session")
    assert visitor.heading == "We have your request for these sessions"
    assert planned.course.appointments.filter(session_number=2, state=State.REQUESTED).count() == 1


def test_a_missing_session_that_finds_no_time_says_so(planned: Planned, visitor: Visitor) -> None:
    sessions = planned.book()
    planned.cancel(sessions[1])
    TimeOffFactory(
        practitioner=planned.diary.practitioner,
        location=planned.diary.location,
        starts_at=planned.diary.at(4, 8),
        ends_at=planned.diary.at(14, 18),
    )
    visitor.get(planned.path())
    assert "There is no free time for it that keeps the plan" in visitor.main.text
    assert visitor.main.all("button") == []
    assert len(days_shown(visitor)) == 3
