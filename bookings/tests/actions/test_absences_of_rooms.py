"""A room that is out of use."""

from datetime import datetime, timedelta

import pytest

from bookings.exceptions import SlotTaken
from bookings.models import Appointment, Resource
from bookings.queries.absences import hit_by, stand_ins
from bookings.tests.actions.absent import away, booked, hand_over, take
from bookings.tests.diary import Diary

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
