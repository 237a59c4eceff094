"""How far a course is, on the pages of its consultation and of its sessions, and before one is cancelled."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment
from bookings.queries.lost_links import appointments_of
from bookings.tests.browser import Visitor
from bookings.tests.diary import CONTACT
from bookings.tests.page import Element
from bookings.tests.planned import Planned
from bookings.views.link import token_of

pytestmark = pytest.mark.django_db


def progress_on(visitor: Visitor, path: str) -> Element:
    return visitor.get(path).main.one("section", class_="course-progress")


def states_on(visitor: Visitor, path: str) -> list[str]:
    return [line.text for line in progress_on(visitor, path).one("ol").all("li")]


def test_the_consultation_leads_to_the_times_of_what_was_planned(planned: Planned, visitor: Visitor) -> None:
    section = progress_on(visitor, planned.consultation.patient_path())
    assert "4 sessions, 7–10 days apart" in section.text
    assert [line.text for line in section.one("ol").all("li")] == [f"Session {n} no time yet" for n in (1, 2, 3, 4)]
    assert section.link("Choose times for your sessions") == planned.path()


def test_it_says_how_far_the_course_is(planned: Planned, visitor: Visitor) -> None:
    booked = planned.book()
    planned.confirm(booked[0])
    change_state(appointment=booked[0], to=State.COMPLETED, actor=Actor.STAFF, now=planned.now)
    planned.cancel(booked[3])
    path = planned.consultation.patient_path()
    assert states_on(visitor, path) == [
        "Session 1 Completed, Tue 8 Dec, 09:00",
        "Session 2 Requested, Tue 15 Dec, 09:00",
        "Session 3 Requested, Tue 22 Dec, 09:00",
        "Session 4 Cancelled",
    ]
    section = progress_on(visitor, path)
    assert "1 of 4 done" in section.text
    assert section.link("Choose times for the missing sessions") == planned.path()
    dots = [dot.get("class").split()[-1] for dot in section.all("circle")]
    assert dots == ["session-line__dot", *["session-line__dot--booked"] * 2, "session-line__dot--open"]


def test_a_session_shows_the_course_but_opens_none_of_the_others(planned: Planned, visitor: Visitor) -> None:
    booked = planned.book()
    section = progress_on(visitor, booked[1].patient_path())
    assert [line.text[:9] for line in section.all("li") if line.get("aria-current")] == ["Session 2"]
    assert section.all("a") == []
    page = visitor.response.content.decode()
    for other in (booked[0], booked[2], planned.consultation):
        assert other.reference not in page


def test_the_link_of_a_consultation_opens_while_a_session_is_missing_and_half_a_year_after_the_last(
    planned: Planned, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    link, half_a_year = planned.consultation.patient_path(), timedelta(days=180)
    paths, booked = (link, planned.path()), planned.book(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))
    Appointment.objects.filter(pk__in=[one.pk for one in booked]).update(state=State.COMPLETED)

    def opens() -> set[int]:
        mailed = [one.patient_path() for one in appointments_of(CONTACT.email, now=timezone.now())]
        assert (link in mailed) is (visitor.get(link).status == 200), "no dead link is mailed"
        return {visitor.get(path).status for path in paths}

    last = booked[3].ends_at + half_a_year
    clock.move_to(last - timedelta(seconds=1))
    assert opens() == {200}
    clock.move_to(last)
    assert opens() == {404}
    Appointment.objects.filter(pk=booked[1].pk).update(state=State.CANCELLED)
    assert opens() == {200}


def test_a_consultation_without_a_plan_and_one_to_come_show_none(planned: Planned, visitor: Visitor) -> None:
    alone = planned.diary.request(planned.diary.at(3, 15), visitor="eve")
    assert visitor.get(alone.patient_path()).main.all("section", class_="course-progress") == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (2, "Without session 2, sessions 1 and 3 are 14 days apart; the plan says 7–10 days."),
        (4, "The other sessions of your course stay as they are."),
    ],
)
def test_before_cancelling_it_says_what_becomes_of_the_others(
    planned: Planned, visitor: Visitor, number: int, said: str
) -> None:
    session = planned.book()[number - 1]
    visitor.get(reverse("bookings:cancel", args=[token_of(session)]))
    assert said in visitor.main.text


def test_the_pages_take_as_many_queries_for_eight_sessions_as_for_three(planned: Planned) -> None:
    counts: list[list[int]] = []
    for sessions in (3, 8):
        planned.course.appointments.all().delete()
        planned.course.sessions = sessions
        planned.course.save()
        found = [queries_of(planned.path())]
        held = planned.hold()
        found.append(queries_of(planned.path()))
        found.append(queries_of(planned.path(2)))
        booked = planned.book_held(held)
        for path in (planned.path(), planned.consultation.patient_path(), booked[1].patient_path()):
            found.append(queries_of(path))
        planned.cancel(booked[1])
        found.append(queries_of(planned.path()))
        counts.append(found)
    assert counts[0] == counts[1]


def queries_of(path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(path).status_code == 200
    return len(queries)
