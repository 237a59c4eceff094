"""Moving sessions of a course together: inside the plan, all or none."""

from datetime import datetime, timedelta

import pytest

from bookings.actions.courses import move_sessions
from bookings.actions.move import Move
from bookings.actions.move import move as move_appointments
from bookings.enums import Actor, Rule
from bookings.exceptions import ChangedMeanwhile, Obstructed, OutOfPlan, SlotTaken, TooLate
from bookings.models import Appointment, Transition
from bookings.tests.planned import Planned
from bookings.tests.rows import bookings
from clinic.models import Clinic

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def planned(now: datetime) -> Planned:
    """Sessions on Tuesdays at ten: in 1, 8, 15 and 22 days."""
    planned = Planned(now=now)
    planned.book(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))
    return planned


def session(planned: Planned, number: int) -> Appointment:
    return planned.course.appointments.get(session_number=number)


def move(planned: Planned, days: dict[int, int], *, now: datetime | None = None) -> None:
    moves = [
        Move(one := session(planned, number), planned.diary.at(day, 10), seen=one.starts_at)
        for number, day in days.items()
    ]
    move_sessions(course=planned.course, moves=moves, now=now or planned.now)


def days_of(planned: Planned) -> list[int]:
    starts = planned.course.appointments.order_by("session_number").values_list("starts_at", flat=True)
    return [(start - planned.diary.at(0, 10)).days for start in starts]


def test_one_session_moves_alone_while_the_plan_is_kept(planned: Planned) -> None:
    move(planned, {4: 25})
    assert days_of(planned) == [1, 8, 15, 25]


@pytest.mark.parametrize("days", [{2: 9}, {2: 11, 3: 17}, {4: 29}, {1: 2}, {3: 22, 4: 29}])
def test_a_patient_cannot_break_the_gap(planned: Planned, days: dict[int, int]) -> None:
    before = bookings()
    with pytest.raises(OutOfPlan):
        move(planned, days)
    assert bookings() == before


def test_several_move_together_even_into_one_anothers_times(planned: Planned) -> None:
    move(planned, {2: 11, 3: 18, 4: 25})
    assert days_of(planned) == [1, 11, 18, 25]
    planned.course.gap_from, planned.course.gap_to = 3, 14
    planned.course.save()
    move(planned, {3: 25, 4: 30})
    assert days_of(planned) == [1, 11, 25, 30]


def test_if_one_of_them_is_taken_none_moves(planned: Planned) -> None:
    planned.diary.hold(planned.diary.at(25, 10), visitor="rival")
    before = bookings()
    with pytest.raises(SlotTaken):
        move(planned, {2: 11, 3: 18, 4: 25})
    assert bookings() == before


def test_if_one_of_them_is_no_longer_where_it_was_none_moves(planned: Planned) -> None:
    moves = [
        Move(session(planned, 3), planned.diary.at(17, 10), seen=session(planned, 3).starts_at),
        Move(session(planned, 4), planned.diary.at(24, 10), seen=session(planned, 4).starts_at - DAY),
    ]
    before = bookings()
    with pytest.raises(ChangedMeanwhile):
        move_sessions(course=planned.course, moves=moves, now=planned.now)
    assert bookings() == before


def test_moving_twice_moves_once(planned: Planned) -> None:
    moves = [
        Move(one := session(planned, number), planned.diary.at(day, 10), planned.diary.practitioner, one.starts_at)
        for number, day in {2: 11, 3: 18, 4: 25}.items()
    ]
    for _ in range(2):
        move_sessions(course=planned.course, moves=moves, now=planned.now)
        assert Transition.objects.filter(moved_to__isnull=False).count() == 3


def test_late_rules_hold_for_every_session(planned: Planned) -> None:
    now = planned.diary.at(8, 9)
    Appointment.objects.filter(session_number=1).update(state="completed")
    before = bookings()
    with pytest.raises(TooLate):
        move(planned, {2: 10}, now=now)
    Clinic.objects.update(late_hours=168)
    with pytest.raises(TooLate):
        move(planned, {3: 16, 2: 9}, now=planned.diary.at(7, 9))
    assert bookings() == before


def test_a_session_moves_to_no_day_before_the_cooling_off_is_over(planned: Planned) -> None:
    Clinic.objects.update(cooling_off_days=4)
    before = bookings()
    wanted = Move(session(planned, 1), planned.diary.at(1, 12))
    with pytest.raises(Obstructed):
        move_sessions(course=planned.course, moves=[wanted], now=planned.now - 2 * DAY)
    assert bookings() == before


def test_a_breach_that_was_there_before_does_not_hold_the_others_back(planned: Planned) -> None:
    late = session(planned, 4)
    Appointment.objects.filter(pk=late.pk).update(starts_at=late.starts_at + 7 * DAY, ends_at=late.ends_at + 7 * DAY)
    move_sessions(course=planned.course, moves=[Move(session(planned, 2), planned.diary.at(8, 12))], now=planned.now)
    assert session(planned, 2).starts_at == planned.diary.at(8, 12)


def by_staff(planned: Planned, days: dict[int, int], reason: str = "") -> None:
    moves = [Move(session(planned, number), planned.diary.at(day, 10)) for number, day in days.items()]
    move_appointments(moves=moves, actor=Actor.STAFF, now=planned.now, reason=reason)


def test_staff_need_a_reason_to_break_a_distance_of_the_plan(planned: Planned) -> None:
    before = bookings()
    with pytest.raises(Obstructed) as caught:
        by_staff(planned, {2: 11})
    assert (caught.value.rules, bookings()) == ([Rule.GAP], before)
    by_staff(planned, {2: 11}, reason="She travels.")
    assert Transition.objects.latest("pk").overrode == "gap"
    by_staff(planned, {1: 2})
    assert days_of(planned) == [2, 11, 15, 22], "inside the plan, or broken before, it takes none"
    by_staff(planned, {4: 25})
    by_staff(planned, {2: 9, 3: 16, 4: 23})
    assert days_of(planned) == [2, 9, 16, 23]
