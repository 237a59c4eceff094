"""A room that is out of use, and absences whose saving fails half-way."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bookings.actions.absences import close
from bookings.exceptions import SlotTaken
from bookings.models import Appointment, Claim, Closure, Resource, TimeOff, Transition
from bookings.queries.absences import hit_by, stand_ins
from bookings.tests.actions.absent import CANCEL, KEEP, away, booked, closed, hand_over, take
from bookings.tests.actions.test_all_or_nothing import PowerCut, failing_at
from bookings.tests.factories import Diary
from bookings.tests.rows import rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False, people=3)


def room_of(appointment: Appointment) -> Resource:
    room = appointment.claims.get(practitioner=None).resource
    assert room
    return room


def test_another_room_of_the_kind_is_taken(diary: Diary) -> None:
    first, second, third = diary.add_rooms(3)
    diary.add_rooms(2, kind="laser")
    asked, neighbour = booked(diary), booked(diary, diary.practitioners[1], visitor="other")
    rooms = [one.claims.get(resource__kind=first.kind).resource for one in (asked, neighbour)]
    assert rooms == [first, second]
    time_off = away(diary, first)
    assert hit_by(time_off, now=diary.now) == [asked]
    assert stand_ins(time_off, [asked], now=diary.now) == {asked.pk: [third]}
    take(time_off, {asked: hand_over(third)}, diary)
    assert asked.claims.filter(resource=third).exists()
    assert not asked.claims.filter(resource=first).exists()
    assert asked.claims.filter(practitioner=diary.practitioner).exists()


def test_a_room_that_is_out_of_use_itself_stands_in_for_none(diary: Diary) -> None:
    first, second, third, fourth = diary.add_rooms(4)
    asked = booked(diary)
    away(diary, second, hours=(10, 11)).save()
    Resource.objects.filter(pk=third.pk).update(is_active=False)
    assert stand_ins(away(diary, first), [asked], now=diary.now) == {asked.pk: [fourth]}
    for spoilt in (first, second, third):
        with pytest.raises(SlotTaken):
            take(away(diary, first), {asked: hand_over(spoilt)}, diary)
    assert room_of(asked) == first


def test_a_hold_that_ran_out_does_not_keep_the_other_room(diary: Diary) -> None:
    first, second = diary.add_rooms(2)
    asked = booked(diary)
    diary.hold(diary.at(1, 10), visitor="slow", now=diary.now - timedelta(minutes=30))
    take(away(diary, first), {asked: hand_over(second)}, diary)
    assert room_of(asked) == second


def test_a_hand_over_takes_its_room_along(diary: Diary) -> None:
    [room] = diary.add_rooms(1)
    asked, other = booked(diary), diary.practitioners[1]
    take(away(diary), {asked: hand_over(other)}, diary)
    assert {claim.practitioner or claim.resource for claim in asked.claims.all()} == {other, room}


def several(diary: Diary) -> Callable[[], Any]:
    first, second, third = (booked(diary, hour=hour) for hour in (9, 11, 13))
    decisions = {
        first: CANCEL,
        second: hand_over(diary.practitioners[1]),
        third: KEEP,
    }
    return lambda: take(away(diary), decisions, diary)


def a_room(diary: Diary) -> Callable[[], Any]:
    first, second = diary.add_rooms(2)
    asked = booked(diary)
    diary.hold(diary.at(1, 10), visitor="slow", now=diary.now - timedelta(minutes=30))
    return lambda: take(away(diary, first), {asked: hand_over(second)}, diary)


def a_closure(diary: Diary) -> Callable[[], Any]:
    asked = booked(diary)
    return lambda: close(closure=closed(diary), decisions={asked.pk: CANCEL}, now=diary.now)


@pytest.mark.parametrize(("case", "least_writes"), [(several, 7), (a_room, 3), (a_closure, 4)])
def test_whichever_write_fails_nothing_is_left_half_done(
    diary: Diary, case: Callable[[Diary], Callable[[], Any]], least_writes: int
) -> None:
    act = case(diary)

    def rows() -> Any:
        return rows_of(Appointment, Claim, TimeOff, Closure, Transition)

    before, number, done = rows(), 0, False
    while not done:
        number += 1
        with failing_at(number) as writes:
            try:
                act()
                done = True
            except PowerCut:
                pass
        assert (rows() == before) is not done
    assert len(writes) == number - 1 >= least_writes
