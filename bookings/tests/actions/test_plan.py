"""A course of sessions is planned at a completed consultation, and can be changed until it is booked."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from bookings.actions.plan import change_course, plan_course, remove_course
from bookings.availability.courses import Gap
from bookings.enums import Kind, State
from bookings.exceptions import ChangedMeanwhile, TransitionNotAllowed
from bookings.models import Appointment, Course
from bookings.tests.actions.states import in_state
from bookings.tests.diary import Diary
from bookings.tests.factories import AppointmentTypeFactory

pytestmark = pytest.mark.django_db
PLAN: dict[str, Any] = {"phase": "First course", "sessions": 4, "gap_from": 7, "gap_to": 10, "gap_unit": "day"}


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("vera", is_staff=True)


def planned(diary: Diary, staff: User, consultation: Appointment, **values: Any) -> Course:
    session = AppointmentTypeFactory(kind=Kind.SESSION, practitioners=diary.practitioners)
    return plan_course(
        consultation=consultation,
        treatment=diary.treatment,
        type=session,
        by=staff,
        now=diary.now,
        **{**PLAN, **values},
    )


def test_a_course_keeps_what_was_agreed_on(diary: Diary, staff: User) -> None:
    consultation = in_state(diary, State.COMPLETED)
    course = planned(diary, staff, consultation)
    assert (course.consultation, course.treatment, course.sessions) == (consultation, diary.treatment, 4)
    assert course.gap == Gap(7, 10, "day")
    assert (course.created_at, course.created_by) == (diary.now, staff)


def test_the_same_plan_sent_twice_is_one(diary: Diary, staff: User) -> None:
    consultation = in_state(diary, State.COMPLETED)
    session = AppointmentTypeFactory(kind=Kind.SESSION)
    values = {"consultation": consultation, "treatment": diary.treatment, "type": session, "by": staff, **PLAN}
    first, again = (plan_course(now=diary.now + timedelta(seconds=second), **values) for second in (0, 1))
    assert first == again
    assert plan_course(now=diary.now, **{**values, "phase": "Upkeep"}) != first


@pytest.mark.parametrize("state", sorted(set(State) - {State.COMPLETED}))
def test_nothing_is_planned_before_the_consultation_is_completed(diary: Diary, staff: User, state: State) -> None:
    with pytest.raises(TransitionNotAllowed):
        planned(diary, staff, in_state(diary, state))
    assert not Course.objects.exists()


def test_a_session_plans_no_course(diary: Diary, staff: User) -> None:
    consultation = in_state(diary, State.COMPLETED)
    diary.type.kind = Kind.SESSION
    diary.type.save()
    with pytest.raises(TransitionNotAllowed):
        planned(diary, staff, consultation)


def replan(course: Course, now: datetime, **values: Any) -> None:
    change_course(course=course, treatment=course.treatment, type=course.type, now=now, **{**PLAN, **values})


def test_an_unbooked_course_can_be_changed_and_removed(diary: Diary, staff: User) -> None:
    course = planned(diary, staff, in_state(diary, State.COMPLETED))
    replan(course, diary.now, sessions=6, gap_to=None)
    stored = Course.objects.get()
    assert (stored.sessions, stored.gap, stored.created_by) == (6, Gap(7, None, "day"), staff)
    remove_course(course=course, now=diary.now)
    assert not Course.objects.exists()
    with pytest.raises(ChangedMeanwhile):
        remove_course(course=course, now=diary.now)


@pytest.mark.parametrize("state", [State.REQUESTED, State.CANCELLED])
def test_a_course_with_any_appointment_stays_as_it_is(diary: Diary, staff: User, state: State) -> None:
    course = planned(diary, staff, in_state(diary, State.COMPLETED))
    session = diary.request(diary.at(2, 10))
    Appointment.objects.filter(pk=session.pk).update(course=course, session_number=1, state=state)
    with pytest.raises(ChangedMeanwhile):
        replan(course, diary.now, sessions=6)
    with pytest.raises(ChangedMeanwhile):
        remove_course(course=course, now=diary.now)
    assert Course.objects.get().sessions == 4


def test_a_patient_who_is_booking_it_is_waited_for_until_the_minutes_are_over(diary: Diary, staff: User) -> None:
    course = planned(diary, staff, in_state(diary, State.COMPLETED))
    held = diary.hold(diary.at(2, 10), visitor="patient", minutes=10)
    Appointment.objects.filter(pk=held.pk).update(course=course, session_number=1)
    with pytest.raises(ChangedMeanwhile):
        remove_course(course=course, now=diary.now)
    remove_course(course=course, now=diary.now + timedelta(minutes=10))
    assert not Course.objects.exists()
