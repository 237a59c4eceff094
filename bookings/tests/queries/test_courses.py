"""How far a course is, what cancelling a session leaves of its plan, and where a session may go."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from bookings.actions.change import change_state
from bookings.availability.courses import Gap, Session
from bookings.enums import Actor, PartOfDay, State
from bookings.models import Appointment
from bookings.queries.course_moves import effect_of, moving_of
from bookings.queries.course_steps import steps
from bookings.queries.course_times import days_before, days_for, free_times, wish_of_course
from bookings.queries.courses import Distance, Progress, after_cancelling, courses_of, progress
from bookings.tests.factories import TimeOffFactory
from bookings.tests.planned import Planned
from clinic.models import Clinic

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


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


def test_who_is_free_first_comes_first(now: datetime) -> None:
    planned = Planned(now=now, people=3)
    first, second, third = planned.diary.practitioners
    for person, days in ((first, 4), (third, 2)):
        TimeOffFactory(
            practitioner=person,
            location=planned.diary.location,
            starts_at=planned.diary.at(0, 0),
            ends_at=planned.diary.at(days, 18),
        )
    TimeOffFactory(
        practitioner=second, location=planned.diary.location, starts_at=now, ends_at=planned.diary.at(200, 18)
    )
    wish = wish_of_course(planned.course, steps(planned.course, language="en", now=now).first_day)
    assert list(free_times(wish, now=now)) == [third.pk, first.pk], "and who has no time is left out"


def test_someone_else_steps_in_only_where_the_known_one_cannot(now: datetime) -> None:
    planned = Planned(now=now, people=2)
    known, other = planned.diary.practitioners
    assert planned.people_proposed(person=known.pk) == [known.pk] * 4
    assert planned.people_proposed(person=other.pk) == [other.pk] * 4
    for person, first, last in ((known, 14, 90), (other, 0, 13)):
        TimeOffFactory(
            practitioner=person,
            location=planned.diary.location,
            starts_at=planned.diary.at(first, 0),
            ends_at=planned.diary.at(last, 23),
        )
    planned.course.type.furthest_days = 34
    assert planned.people_proposed(person=known.pk) == [known.pk, known.pk, other.pk, other.pk]


def test_the_time_of_day_is_kept_if_it_can_be_else_something_near(planned: Planned) -> None:
    zone = planned.diary.location.zone
    hours = {
        part: {start.astimezone(zone).hour for start in planned.proposed(part=part).values()} for part in PartOfDay
    }
    assert hours == {PartOfDay.MORNING: {9}, PartOfDay.AFTERNOON: {12}, PartOfDay.EVENING: {16}}


@pytest.mark.parametrize(
    ("gap", "steps", "first", "last"),
    [
        (Gap(7, 10, "day"), 1, date(2026, 12, 21), date(2026, 12, 24)),
        (Gap(7, 10, "day"), 2, date(2026, 12, 11), date(2026, 12, 17)),
        (Gap(2, None, "week"), 1, None, date(2026, 12, 17)),
        (Gap(1, 2, "month"), 1, date(2026, 10, 31), date(2026, 11, 30)),
    ],
)
def test_days_that_lead_to_a_day(gap: Gap, steps: int, first: date | None, last: date) -> None:
    assert days_before(date(2026, 12, 31), steps, gap) == (first, last)


@pytest.mark.parametrize("unit", ["day", "week", "month"])
@pytest.mark.parametrize("most", [1, 2, None])
def test_days_that_lead_to_a_day_are_just_those_that_do(unit: str, most: int | None) -> None:
    gap = Gap(1, most, unit)
    for day in (date(2027, 2, 28), date(2027, 3, 30), date(2027, 12, 31)):
        first, last = days_before(day, 2, gap)
        leading = [
            each
            for each in (day - nth * DAY for nth in range(150))
            if any(
                gap.allows(each, other) and gap.allows(other, day) for other in (each + nth * DAY for nth in range(99))
            )
        ]
        if leading:
            assert (first, last) == (leading[-1] if most else None, leading[0])
        else:
            assert first
            assert first > last, "a month after 30 November is 30 December: nothing leads to the 31st"


def test_a_session_may_go_as_far_from_its_neighbours_as_the_plan_says(planned: Planned) -> None:
    zone = planned.diary.location.zone
    chain = {number: Session(planned.diary.at(day, 10), 1) for number, day in {1: 1, 2: 8, 3: 15, 5: 30}.items()}
    today = planned.now.astimezone(zone).date()
    assert days_for(1, chain, planned.course) == (None, None)
    assert days_for(3, chain, planned.course) == (today + 15 * DAY, today + 18 * DAY)
    assert days_for(3, chain, planned.course, until=5) == (today + 15 * DAY, today + 16 * DAY)


def test_moving_says_what_moves_along(planned: Planned) -> None:
    booked = planned.book(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))
    moving = moving_of(booked[1], planned.course, Clinic.objects.current(), now=planned.now)
    assert moving.before == booked[0]
    near = effect_of(moving, planned.diary.at(8, 12), planned.diary.practitioner)
    assert (near.broken, [one.number for one in near.moves]) == ([], [2])
    far = effect_of(moving, planned.diary.at(11, 10), planned.diary.practitioner)
    assert far.broken == [Distance(2, 3, 4)]
    assert [(one.number, one.start) for one in far.moves] == [
        (2, planned.diary.at(11, 10)),
        (3, planned.diary.at(18, 10)),
        (4, planned.diary.at(25, 10)),
    ]


def test_what_cannot_be_mended_moves_nothing(planned: Planned) -> None:
    booked = planned.book(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))
    TimeOffFactory(
        practitioner=planned.diary.practitioner,
        location=planned.diary.location,
        starts_at=planned.diary.at(16, 0),
        ends_at=planned.diary.at(90, 0),
    )
    moving = moving_of(booked[1], planned.course, Clinic.objects.current(), now=planned.now)
    found = effect_of(moving, planned.diary.at(11, 10), planned.diary.practitioner)
    assert (found.broken, found.moves) == ([Distance(2, 3, 4)], [])


def test_reading_what_a_move_does_takes_the_same_queries_for_any_length(planned: Planned) -> None:
    counts = []
    for sessions in (3, 8):
        planned.course.appointments.all().delete()
        planned.course.sessions = sessions
        planned.course.save()
        booked = planned.book()
        session = Appointment.objects.select_related("course__consultation", "type", "location").get(pk=booked[0].pk)
        assert session.course
        with CaptureQueriesContext(connection) as queries:
            moving = moving_of(session, session.course, Clinic.objects.current(), now=planned.now)
            assert effect_of(moving, planned.diary.at(2, 10), planned.diary.practitioner).moves
        counts.append(len(queries))
    assert counts[0] == counts[1]
