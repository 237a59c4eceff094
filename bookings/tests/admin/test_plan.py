"""After a consultation the course of sessions is planned, from the first phase of the treatment's page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, Kind, State
from bookings.models import Appointment, AppointmentType, Course
from bookings.tests.admin.staff import address, member, page, press, signed_in
from bookings.tests.factories import AppointmentTypeFactory, Diary
from treatments.models import Treatment
from treatments.tests.factories import SessionPhaseFactory, TreatmentFactory, sign_draft

pytestmark = pytest.mark.django_db
PLAN = {"phase": "First course", "sessions": "4", "gap_from": "7", "gap_to": "10", "gap_unit": "day"}


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now)


@pytest.fixture
def session(diary: Diary) -> AppointmentType:
    return AppointmentTypeFactory(kind=Kind.SESSION, practitioners=diary.practitioners)


@pytest.fixture
def consultation(diary: Diary, session: AppointmentType) -> Appointment:
    asked = diary.request(diary.at(1, 10))
    for state in (State.CONFIRMED, State.COMPLETED):
        change_state(appointment=asked, to=state, actor=Actor.STAFF, now=diary.now, reason="Came", override=True)
    return asked


def planner() -> User:
    return member(
        "view_appointment", "change_appointment", "view_patient", "add_course", "change_course", "delete_course"
    )


@pytest.fixture
def client(db: None) -> Client:
    return signed_in(planner())


def plan(client: Client, consultation: Appointment, **typed: Any) -> str:
    return press(client, consultation, "plan", **{**PLAN, **typed}).content.decode()


def phase_of(treatment: Treatment, now: datetime, **values: Any) -> None:
    SessionPhaseFactory(treatment=treatment, **values)
    sign_draft(treatment, now=now)


def test_the_form_begins_with_the_first_phase_of_the_signed_page(
    client: Client, diary: Diary, consultation: Appointment
) -> None:
    phase_of(diary.treatment, diary.now, sessions_from=4, sessions_to=4)
    form = client.get(address(consultation, "plan")).context["form"]
    assert form.initial == {"phase": "First course", "sessions": 4, "gap_from": 7, "gap_to": 10, "gap_unit": "day"}


@pytest.mark.parametrize(
    ("least", "most", "says"),
    [(4, 6, "says 4 to 6."), (4, None, "says at least 4."), (None, 10, "says at most 10."), (None, None, "it open.")],
)
def test_a_number_that_the_page_leaves_open_is_asked_for(
    client: Client, diary: Diary, consultation: Appointment, least: int | None, most: int | None, says: str
) -> None:
    phase_of(diary.treatment, diary.now, sessions_from=least, sessions_to=most)
    assert says in page(client, consultation, "plan")
    assert client.get(address(consultation, "plan")).context["form"].initial["sessions"] is None
    assert "This field is required." in plan(client, consultation, sessions="")
    assert not Course.objects.exists()


def test_a_plan_is_stored_and_its_progress_shown(
    client: Client, diary: Diary, consultation: Appointment, session: AppointmentType
) -> None:
    body = plan(client, consultation)
    course = Course.objects.get()
    assert (course.consultation, course.treatment, course.type) == (consultation, diary.treatment, session)
    assert (course.sessions, str(course.gap_unit), course.created_by.username) == (4, "day", "vera")
    assert "4 sessions planned, 0 completed." in body
    assert "7 to 10 days apart." in body
    assert body.count("not booked yet") == 4


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"sessions": "0"}, "greater than or equal to 1"),
        ({"sessions": "21"}, "less than or equal to 20"),
        ({"gap_from": ""}, "Say how far apart the sessions are."),
        ({"gap_to": "6"}, "This must not be less than the least."),
        ({"gap_unit": "year"}, "Select a valid choice."),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    client: Client, consultation: Appointment, typed: dict[str, str], says: str
) -> None:
    assert says in plan(client, consultation, **typed)
    assert not Course.objects.exists()


def test_one_session_needs_no_distance_and_an_open_end_stays_open(client: Client, consultation: Appointment) -> None:
    plan(client, consultation, sessions="1", gap_from="", gap_to="")
    plan(client, consultation, gap_to="")
    assert set(Course.objects.values_list("sessions", "gap_from", "gap_to")) == {(1, 1, None), (4, 7, None)}


def test_an_overview_asks_first_which_of_its_treatments(
    client: Client, diary: Diary, consultation: Appointment
) -> None:
    overview = TreatmentFactory(is_overview=True)
    child, stranger = TreatmentFactory(parent=overview), diary.treatment
    Appointment.objects.update(treatment=overview)
    body = page(client, consultation, "plan")
    assert "Save the plan" not in body
    assert str(child) in body
    path = address(consultation, "plan")
    assert client.get(path, {"treatment": stranger.pk}).status_code == 404
    client.post(path, PLAN, query_params={"treatment": child.pk})
    assert Course.objects.get().treatment == child


def test_without_a_type_for_sessions_nothing_is_planned(
    client: Client, consultation: Appointment, session: AppointmentType
) -> None:
    session.is_active = False
    session.save()
    assert "No session can be booked for this treatment" in plan(client, consultation)
    assert not Course.objects.exists()


def test_an_unbooked_plan_is_changed_and_removed(client: Client, diary: Diary, consultation: Appointment) -> None:
    plan(client, consultation)
    course = Course.objects.get()
    again, gone = (address(consultation, end, course=course.pk) for end in ("replan", "unplan"))
    assert client.get(again).context["form"].initial["sessions"] == 4
    client.post(again, {**PLAN, "sessions": "6"})
    assert Course.objects.get().sessions == 6
    assert client.get(gone).status_code == 405
    client.post(gone)
    assert not Course.objects.exists()


def test_a_booked_plan_stays(client: Client, diary: Diary, consultation: Appointment) -> None:
    plan(client, consultation)
    course = Course.objects.get()
    session = diary.request(diary.at(9, 10))
    Appointment.objects.filter(pk=session.pk).update(course=course, session_number=1)
    again, gone = (address(consultation, end, course=course.pk) for end in ("replan", "unplan"))
    for path in (again, gone):
        assert "booked" in client.post(path, {**PLAN, "sessions": "6"}, follow=True).content.decode()
    assert Course.objects.get().sessions == 4
    assert "Change or remove the plan" not in page(client, consultation)
    for one in (consultation, session):
        assert "Thu 17 Dec 2026" not in page(client, one)
        assert "Wed 16 Dec 2026, 10:00 CET, Berlin" in page(client, one)


def test_sessions_too_close_together_are_said(client: Client, diary: Diary, consultation: Appointment) -> None:
    plan(client, consultation)
    for number, days in ((1, 3), (2, 4)):
        one = diary.request(diary.at(days, 11), visitor=str(number))
        Appointment.objects.filter(pk=one.pk).update(course=Course.objects.get(), session_number=number)
    assert "Sessions 1 and 2 are 1 day apart: the plan says otherwise." in page(client, consultation)


def test_nothing_is_planned_at_what_is_no_completed_consultation(
    client: Client, diary: Diary, consultation: Appointment
) -> None:
    assert "Plan the sessions" in page(client, consultation)
    asked = diary.request(diary.at(2, 10))
    assert "Plan the sessions" not in page(client, asked)
    assert client.post(address(asked, "plan"), PLAN).status_code == 403
    diary.type.kind = Kind.SESSION
    diary.type.save()
    assert client.post(address(consultation, "plan"), PLAN).status_code == 403
    assert not Course.objects.exists()


def test_a_course_is_only_changed_at_its_own_consultation(
    client: Client, diary: Diary, consultation: Appointment
) -> None:
    plan(client, consultation)
    other = diary.request(diary.at(2, 10))
    Appointment.objects.filter(pk=other.pk).update(state=State.COMPLETED)
    for end in ("replan", "unplan"):
        assert client.post(address(other, end, course=Course.objects.get().pk), PLAN).status_code == 404
    assert Course.objects.exists()


def test_outsiders_plan_nothing(diary: Diary, consultation: Appointment) -> None:
    path = address(consultation, "plan")
    assert "/admin/login/" in Client().post(path, PLAN)["Location"]
    desk = member("view_appointment", "change_appointment", "view_patient", name="desk")
    client = signed_in(desk)
    assert client.post(path, PLAN).status_code == client.get(path).status_code == 403
    assert "Plan the sessions" not in page(client, consultation)
    desk.user_permissions.add(Permission.objects.get(codename="add_course"))
    client.post(path, PLAN)
    course = Course.objects.get()
    for end in ("replan", "unplan"):
        assert client.post(address(consultation, end, course=course.pk), PLAN).status_code == 403
    assert Course.objects.exists()
