"""How far a course is, and what cancelling one session does to its distances."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from bookings.actions.change import change_state
from bookings.availability.courses import Gap
from bookings.enums import Actor, State
from bookings.models import Appointment
from bookings.queries.courses import Distance, Progress, after_cancelling, courses_of, progress
from bookings.tests.planned import Planned

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def planned(now: datetime) -> Planned:
    return Planned(now=now)


def states(stands: Progress) -> list[State | None]:
    return [session.state for session in stands.sessions]


def test_a_course_goes_from_no_time_to_held_requested_and_completed(planned: Planned) -> None:
    course, now = planned.course, planned.now
    assert states(progress(course, now=now)) == [None] * 4
    held = planned.hold()
    assert states(progress(course, now=now)) == [State.HELD] * 4
    assert states(progress(course, now=now + 10 * MINUTE)) == [None] * 4, "the minutes are over"
    assert set(progress(course, now=now + 10 * MINUTE).held) == {1, 2, 3, 4}, "but it may still be booked"
    booked = planned.book_held(held)
    planned.confirm(*booked[:3])
    change_state(appointment=booked[0], to=State.COMPLETED, actor=Actor.STAFF, now=now)
    planned.cancel(booked[3])
    stands = progress(course, now=now)
    assert states(stands) == [State.COMPLETED, State.CONFIRMED, State.CONFIRMED, State.CANCELLED]
    assert (stands.completed, stands.missing, stands.runs) == (1, [4], [[4]])
    assert [session.appointment for session in stands.sessions] == booked
    assert [session.has_time for session in stands.sessions] == [True, True, True, False]


def test_a_request_that_nobody_answered_has_lapsed(planned: Planned) -> None:
    booked = planned.book()
    assert states(progress(planned.course, now=booked[0].starts_at))[:2] == [State.LAPSED, State.REQUESTED]


def test_a_session_booked_again_stands_for_the_one_cancelled(planned: Planned) -> None:
    booked = planned.book()
    planned.cancel(booked[1])
    [again] = planned.book()
    stands = progress(planned.course, now=planned.now)
    assert (stands.sessions[1].state, stands.sessions[1].appointment) == (State.REQUESTED, again)


def test_a_missed_session_is_missing_and_can_be_booked_again(planned: Planned) -> None:
    booked = planned.book()
    planned.confirm(booked[3])
    missed = change_state(appointment=booked[3], to=State.NO_SHOW, actor=Actor.STAFF, now=planned.now)
    stands = progress(planned.course, now=planned.now)
    assert (stands.missing, stands.sessions[3].state, stands.sessions[3].has_time) == ([4], State.NO_SHOW, False)
    [again] = planned.book(planned.on({4: 23}))
    assert progress(planned.course, now=planned.now).sessions[3].appointment == again
    assert missed.claims.exists(), "the time is past and stays in the diary"


def test_missing_sessions_are_grouped_by_what_lies_between_them(planned: Planned) -> None:
    booked = planned.book()
    for number in (0, 1, 3):
        planned.cancel(booked[number])
    stands = progress(planned.course, now=planned.now)
    assert stands.runs == [[1, 2], [4]]
    assert [stands.holds_whole_runs(numbers) for numbers in ([1, 2], [4], [4, 2, 1], [1], [3, 4], [])] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_progress_takes_one_query_and_that_of_a_consultation_two_however_long_a_course_is(
    planned: Planned, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for sessions in (2, 8):
        planned.course.appointments.all().delete()
        planned.course.sessions = sessions
        planned.course.save()
        booked = planned.book()
        with django_assert_num_queries(1):
            assert [session.appointment.local_start for session in progress(planned.course, now=planned.now).sessions]
        with django_assert_num_queries(2):
            [stands] = courses_of(planned.consultation, now=planned.now)
            assert [one.practitioner.name for one in stands.booked.values()]
            assert len(stands.sessions) == sessions
        session = Appointment.objects.get(pk=booked[0].pk)
        with django_assert_num_queries(2):
            assert [len(stands.sessions) for stands in courses_of(session, now=planned.now)] == [sessions]


def test_a_consultation_shows_all_that_was_planned_at_it_and_nothing_of_others(planned: Planned) -> None:
    other, someone_elses = planned.of_another_treatment(), planned.of_someone_else()
    found = [stands.course for stands in courses_of(planned.consultation, now=planned.now)]
    assert found == [planned.course, other]
    assert someone_elses not in found


@pytest.mark.parametrize(
    ("number", "broken"),
    [(1, []), (2, [Distance(1, 3, 14)]), (3, [Distance(2, 4, 14)]), (4, [])],
)
def test_cancelling_says_which_distance_it_breaks(planned: Planned, number: int, broken: list[Distance]) -> None:
    booked = planned.book()
    assert after_cancelling(booked[number - 1], now=planned.now) == broken


def test_a_wide_gap_stays_whole_without_one_session(now: datetime) -> None:
    planned = Planned(now=now, gap=Gap(7, None, "day"))
    booked = planned.book()
    assert [after_cancelling(one, now=now) for one in booked] == [[], [], [], []]


def test_what_was_broken_before_is_not_blamed_on_the_cancellation(planned: Planned) -> None:
    booked = planned.book()
    planned.cancel(booked[1])
    assert after_cancelling(booked[3], now=planned.now) == []
    assert after_cancelling(booked[1], now=planned.now) == [], "it is cancelled already"
    assert after_cancelling(planned.consultation, now=planned.now) == [], "no session"
