"""Moving one session of a booked course from its own link, and what it does to the others."""

from datetime import timedelta

import pytest
from django.test import Client

from bookings.enums import State
from bookings.models import Appointment, Transition
from bookings.templatetags.diary import instant
from bookings.tests.browser import Visitor
from bookings.tests.planned import Planned
from bookings.tests.rows import bookings, everything
from bookings.tests.views.course.move.moving import choose, days_of, move_path, session

pytestmark = pytest.mark.django_db


def test_a_session_that_keeps_the_plan_moves_alone(planned: Planned, visitor: Visitor) -> None:
    visitor.get(move_path(planned, 4))
    assert visitor.heading == "Choose a new time"
    assert "The plan asks for 7–10 days from the session before" in visitor.main.text
    choose(visitor, planned, 4, planned.diary.at(24, 10))
    assert visitor.heading == "Move the session?"
    assert "The other sessions stay as they are." in visitor.main.text
    assert days_of(planned) == [1, 8, 15, 22], "so far it only shows"
    visitor.press("Move it")
    assert visitor.path == f"{session(planned, 4).patient_path()}?done=moved"
    assert days_of(planned) == [1, 8, 15, 24]
    assert {one.state for one in planned.course.appointments.all()} == {State.CONFIRMED}


def test_a_move_that_breaks_the_plan_says_so_and_offers_to_move_the_others_too(
    planned: Planned, visitor: Visitor
) -> None:
    choose(visitor, planned, 2, planned.diary.at(11, 10))
    assert visitor.heading == "Move these sessions together?"
    assert "Session 3 would come 4 days after session 2; the plan says 7–10 days." in visitor.main.text
    shown = [line.text for line in visitor.main.all("li", class_="course-line")]
    assert [text.split(" From")[0] for text in shown] == ["Session 2", "Session 3", "Session 4"]
    assert "From Tuesday 22 December, 10:00 to Friday 25 December 2026, 10:00" in shown[1]
    visitor.press("Move all of them")
    assert days_of(planned) == [1, 11, 18, 25]
    lines = Transition.objects.filter(moved_to__isnull=False)
    assert lines.count() == 3


def test_pressing_twice_moves_once(planned: Planned, visitor: Visitor) -> None:
    choose(visitor, planned, 2, planned.diary.at(11, 10))
    form, _button = visitor.main.form_with("Move all of them")
    for _ in range(2):
        visitor.client.post(form.get("action"), form.fields())
        assert days_of(planned) == [1, 11, 18, 25]
    assert Transition.objects.filter(moved_to__isnull=False).count() == 3


def test_a_time_lost_meanwhile_is_found_anew_and_nothing_has_moved(planned: Planned, visitor: Visitor) -> None:
    choose(visitor, planned, 2, planned.diary.at(11, 10))
    planned.diary.hold(planned.diary.at(18, 10), visitor="rival")
    before = bookings()
    visitor.press("Move all of them")
    assert visitor.status == 409
    assert bookings() == before
    assert visitor.heading == "Move these sessions together?"
    visitor.press("Move all of them")
    assert days_of(planned)[1] == 11


def test_the_very_time_lost_meanwhile_shows_the_nearest(planned: Planned, visitor: Visitor) -> None:
    choose(visitor, planned, 4, planned.diary.at(24, 10))
    planned.diary.hold(planned.diary.at(24, 10), visitor="rival")
    visitor.press("Move it")
    assert visitor.status == 409
    assert "That time has just been taken" in visitor.main.text


def test_a_session_that_moved_meanwhile_is_shown_anew(planned: Planned, visitor: Visitor) -> None:
    choose(visitor, planned, 2, planned.diary.at(11, 10))
    fourth = session(planned, 4)
    Appointment.objects.filter(pk=fourth.pk).update(
        starts_at=planned.diary.at(24, 10), ends_at=planned.diary.at(24, 10) + timedelta(minutes=30)
    )
    visitor.press("Move all of them")
    assert visitor.status == 409
    assert "Something has changed meanwhile" in visitor.main.text
    assert days_of(planned) == [1, 8, 15, 24]


def test_scanners_change_nothing(planned: Planned) -> None:
    path = move_path(planned, 2)
    query = f"start={instant(planned.diary.at(11, 10))}"
    before = everything()
    for address in (path, f"{path}?day=2026-12-16", f"{path}check/?{query}"):
        assert Client().get(address).status_code == Client().head(address).status_code == 200
    assert everything() == before
