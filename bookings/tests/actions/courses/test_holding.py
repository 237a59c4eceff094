"""The times of a course are held as one set, inside its plan, or not at all."""

from datetime import datetime, timedelta

import pytest

from bookings.availability.courses import Gap
from bookings.enums import State
from bookings.exceptions import OutOfPlan, SlotTaken
from bookings.models import Claim
from bookings.queries.courses import key_of
from bookings.tests.planned import Planned
from bookings.tests.rows import bookings

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_the_whole_set_is_held_for_one_course(planned: Planned) -> None:
    held = planned.hold()
    assert [one.session_number for one in held] == [1, 2, 3, 4]
    assert {(one.course, one.visitor, one.state, one.held_until) for one in held} == {
        (planned.course, key_of(planned.course), State.HELD, planned.now + 10 * MINUTE)
    }
    assert Claim.objects.filter(appointment__in=held).count() == 4


def test_holding_again_replaces_the_set(planned: Planned) -> None:
    planned.hold()
    again = planned.hold(planned.on({1: 1, 2: 9, 3: 17, 4: 25}))
    assert list(planned.course.appointments.order_by("session_number")) == again


def test_a_set_with_one_time_taken_is_not_held_at_all_and_the_former_one_stays(planned: Planned) -> None:
    planned.hold()
    planned.diary.hold(planned.diary.at(17, 10), visitor="rival")
    before = bookings()
    with pytest.raises(SlotTaken):
        planned.hold(planned.on({1: 1, 2: 9, 3: 17, 4: 25}))
    assert bookings() == before


@pytest.mark.parametrize(
    "days",
    [
        {1: 1, 2: 7, 3: 15, 4: 22},  # a day too soon
        {1: 1, 2: 9, 3: 22, 4: 29},  # three days too late
        {1: 9, 2: 1, 3: 16, 4: 23},  # out of order
        {1: 1, 2: 8, 3: 15},  # not all
        {2: 8, 3: 15, 4: 22},
        {1: 1, 2: 8, 3: 15, 4: 22, 5: 29},  # more than planned
        {},
    ],
)
def test_a_set_outside_the_plan_is_not_held(planned: Planned, days: dict[int, int]) -> None:
    before = bookings()
    with pytest.raises(OutOfPlan):
        planned.hold(planned.on(days))
    assert bookings() == before


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (1, True)])
def test_nothing_is_held_before_the_cooling_off_is_over(planned: Planned, days: int, allowed: bool) -> None:
    starts = planned.on({number: days + 7 * (number - 1) for number in range(1, 5)}, hour=15)
    if allowed:
        assert planned.hold(starts)
    else:
        with pytest.raises(SlotTaken):
            planned.hold(starts)


def test_a_session_that_is_booked_is_not_held_again(planned: Planned) -> None:
    planned.book()
    with pytest.raises(OutOfPlan):
        planned.hold(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))


def test_a_course_across_the_clock_change_keeps_its_days_and_its_hour(now: datetime) -> None:
    #   28 March 2027: Berlin's clocks go forward.
    planned = Planned(now=now.replace(year=2027, month=3, day=15))
    walls = [start.astimezone(planned.diary.location.zone) for start in planned.proposed().values()]
    assert [f"{wall:%d %b %H:%M %Z}" for wall in walls] == [
        "16 Mar 09:00 CET",
        "23 Mar 09:00 CET",
        "30 Mar 09:00 CEST",
        "06 Apr 09:00 CEST",
    ]
    assert planned.book()


def test_a_gap_in_months_is_counted_by_the_calendar(now: datetime) -> None:
    planned = Planned(now=now, sessions=3, gap=Gap(1, 1, "month"))
    days = [start.astimezone(planned.diary.location.zone).date() for start in planned.proposed().values()]
    assert [day.day for day in days] == [8, 8, 8]
    assert planned.book()


def test_a_plan_longer_than_the_horizon_is_not_proposed(now: datetime) -> None:
    planned = Planned(now=now, furthest_days=22)
    assert len(planned.proposed()) == 4
    planned.course.type.furthest_days = 21
    assert planned.proposed() == {}
