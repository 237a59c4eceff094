"""After a consultation the course of sessions is planned, from the first phase of the treatment's page."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from bookings.enums import Kind
from bookings.models import Appointment, AppointmentType, Course
from bookings.tests.admin.plan.planning import PLAN, phase_of, plan
from bookings.tests.admin.staff import address, member, page, signed_in
from bookings.tests.diary import Diary
from treatments.tests.factories import TreatmentFactory

pytestmark = pytest.mark.django_db


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
