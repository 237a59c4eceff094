"""Moving one session of a booked course from its own link."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from bookings.enums import State
from bookings.models import Appointment, Transition
from bookings.templatetags.diary import instant
from bookings.tests.browser import Visitor
from bookings.tests.factories import TimeOffFactory
from bookings.tests.planned import Planned
from bookings.tests.rows import bookings, everything
from bookings.views.link import token_of
from clinic.models import Clinic

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def planned(now: datetime, clock: time_machine.Traveller) -> Planned:
    """Booked on Tuesdays at ten: in 1, 8, 15 and 22 days; it is the day after tomorrow's eve."""
    planned = Planned(now=now)
    planned.confirm(*planned.book(planned.on({1: 1, 2: 8, 3: 15, 4: 22})))
    return planned


def session(planned: Planned, number: int) -> Appointment:
    return planned.course.appointments.select_related("location", "course").get(session_number=number)


def move_path(planned: Planned, number: int) -> str:
    return reverse("bookings:course_move", args=[token_of(session(planned, number))]).replace("/de/", "/en/")


def days_of(planned: Planned) -> list[int]:
    starts = planned.course.appointments.order_by("session_number").values_list("starts_at", flat=True)
    return [(start - planned.diary.at(0, 10)).days for start in starts]


def choose(visitor: Visitor, planned: Planned, number: int, start: datetime, **more: str) -> Visitor:
    path = move_path(planned, number)
    return visitor.arrive(visitor.client.post(path, {"start": instant(start), **more}, follow=True), path)


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


def test_without_a_way_out_the_phone_is_shown_and_nothing_moves(planned: Planned, visitor: Visitor) -> None:
    TimeOffFactory(
        practitioner=planned.diary.practitioner,
        location=planned.diary.location,
        starts_at=planned.diary.at(16, 0),
        ends_at=planned.diary.at(21, 20),
    )
    choose(visitor, planned, 2, planned.diary.at(11, 10))
    assert visitor.heading == "That would break the plan"
    assert "Session 3 would come 4 days after session 2" in visitor.main.text
    assert visitor.main.all("button") == []
    assert visitor.main.all("a", class_="phone")


def test_a_patient_cannot_break_the_plan_by_sending_less_than_was_shown(planned: Planned, visitor: Visitor) -> None:
    choose(visitor, planned, 2, planned.diary.at(11, 10))
    form, _button = visitor.main.form_with("Move all of them")
    sent = {name: value for name, value in form.fields().items() if not name.endswith(("_3", "_4"))}
    before = bookings()
    response = visitor.client.post(form.get("action"), sent)
    assert response.status_code == 409
    assert "Something has changed meanwhile" in response.content.decode()
    assert bookings() == before


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


def test_late_means_calling(planned: Planned, visitor: Visitor, clock: time_machine.Traveller) -> None:
    path, check = move_path(planned, 1), f"{move_path(planned, 1)}check/"
    clock.move_to(planned.diary.at(0, 11))
    before = bookings()
    for answer in (visitor.client.get(path), visitor.client.post(path, {}), visitor.client.post(check, {})):
        assert answer.status_code == 409
        assert "Please call us" in answer.content.decode()
    assert bookings() == before


def test_it_may_go_to_no_day_before_the_cooling_off_is_over(planned: Planned, visitor: Visitor) -> None:
    Clinic.objects.update(cooling_off_days=5)
    visitor.get(move_path(planned, 1))
    free = [link.text.split()[0] for link in visitor.main.all("a", class_="month__day--free")]
    assert free[0] == "10"
    choose(visitor, planned, 1, planned.diary.at(2, 10))
    assert visitor.heading == "Not at that time"


@pytest.mark.parametrize("state", [State.CANCELLED, State.COMPLETED, State.NO_SHOW, State.DECLINED])
def test_what_is_over_leads_to_its_page(planned: Planned, visitor: Visitor, state: State) -> None:
    one = session(planned, 2)
    path = move_path(planned, 2)
    Appointment.objects.filter(pk=one.pk).update(state=state)
    for address in (path, f"{path}check/"):
        assert visitor.client.get(address).headers["Location"] == one.patient_path()
        assert visitor.client.post(address).headers["Location"] == one.patient_path()


def test_what_is_no_session_has_no_such_page(planned: Planned, visitor: Visitor) -> None:
    alone = planned.diary.request(planned.diary.at(3, 15), visitor="eve")
    path = reverse("bookings:course_move", args=[token_of(alone)])
    assert visitor.client.get(path).headers["Location"] == alone.patient_path()


def test_nonsense_leads_back_to_the_calendar(planned: Planned, visitor: Visitor) -> None:
    check = f"{move_path(planned, 2)}check/"
    before = everything()
    start = instant(planned.diary.at(9, 10))
    for query in ("", "?start=soon", f"?start={start}&practitioner=nobody"):
        assert visitor.client.get(f"{check}{query}").status_code == 302
    for sent in ({}, {"start": start}, {"start": start, "start_2": start, "with_2": "nobody", "seen_2": start}):
        assert visitor.client.post(check, sent).status_code == 302
    assert visitor.client.post(move_path(planned, 2), {"start": "soon"}).status_code == 422
    assert everything() == before


def test_only_sessions_of_this_course_are_moved(planned: Planned, visitor: Visitor) -> None:
    choose(visitor, planned, 4, planned.diary.at(24, 10))
    form, _button = visitor.main.form_with("Move it")
    start = instant(planned.diary.at(30, 10))
    more = {"start_9": start, "with_9": planned.diary.practitioner.slug, "seen_9": start}
    visitor.client.post(form.get("action"), form.fields() | more)
    assert days_of(planned) == [1, 8, 15, 24]


def test_scanners_change_nothing(planned: Planned) -> None:
    path = move_path(planned, 2)
    query = f"start={instant(planned.diary.at(11, 10))}"
    before = everything()
    for address in (path, f"{path}?day=2026-12-16", f"{path}check/?{query}"):
        assert Client().get(address).status_code == Client().head(address).status_code == 200
    assert everything() == before


def test_a_wrong_or_revoked_link_opens_nothing(planned: Planned, visitor: Visitor) -> None:
    path = move_path(planned, 2)
    Appointment.objects.update(link_secret="another")
    for address in (path, f"{path}check/"):
        assert visitor.client.get(address).status_code == visitor.client.post(address).status_code == 404
