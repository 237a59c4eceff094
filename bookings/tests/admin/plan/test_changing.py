"""A plan is changed and removed until its sessions are booked, at its own consultation."""

import pytest
from django.test import Client

from bookings.enums import State
from bookings.models import Appointment, Course
from bookings.tests.admin.plan.planning import PLAN, plan
from bookings.tests.admin.staff import address, page
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db


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


def test_a_course_is_only_changed_at_its_own_consultation(
    client: Client, diary: Diary, consultation: Appointment
) -> None:
    plan(client, consultation)
    other = diary.request(diary.at(2, 10))
    Appointment.objects.filter(pk=other.pk).update(state=State.COMPLETED)
    for end in ("replan", "unplan"):
        assert client.post(address(other, end, course=Course.objects.get().pk), PLAN).status_code == 404
    assert Course.objects.exists()
