"""Whom time off and closures hit, and who could stand in."""

from datetime import datetime, time, timedelta

import pytest

from bookings.enums import State
from bookings.queries.absences import hit_by, stand_ins
from bookings.tests.actions.absent import KEEP, away, booked, closed, in_state, take
from bookings.tests.diary import Diary
from clinic.tests.factories import LocationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False, people=3)


@pytest.mark.parametrize(
    ("hours", "is_hit"),
    [((8, 10), False), ((8, 11), True), ((11, 18), False), ((9, 10), False), ((10, 11), True)],
)
def test_it_hits_whose_time_it_touches(diary: Diary, hours: tuple[int, int], is_hit: bool) -> None:
    asked = booked(diary)
    assert hit_by(away(diary, hours=hours), now=diary.now) == ([asked] if is_hit else [])


def test_buffers_count(now: datetime) -> None:
    diary = Diary(now=now, signed=False, buffer_after=60)
    asked = booked(diary)
    assert hit_by(away(diary, hours=(11, 12)), now=now) == [asked]
    assert not hit_by(away(diary, hours=(12, 13)), now=now)


@pytest.mark.parametrize("state", sorted(set(State) - {State.HELD}))
def test_only_what_is_not_over_needs_a_decision(diary: Diary, state: State) -> None:
    asked = in_state(booked(diary), state)
    needs_one = state in {State.REQUESTED, State.CONFIRMED, State.ARRIVED}
    assert hit_by(away(diary), now=diary.now) == ([asked] if needs_one else [])
    assert not hit_by(away(diary), now=asked.ends_at)


def test_others_are_not_hit(diary: Diary) -> None:
    booked(diary, diary.practitioners[1])
    assert not hit_by(away(diary), now=diary.now)


def test_a_closure_hits_everyone_there_and_nobody_elsewhere(diary: Diary) -> None:
    hit = [booked(diary, who, hour) for who, hour in zip(diary.practitioners, (9, 10, 11), strict=True)]
    assert hit_by(closed(diary), now=diary.now) == hit
    assert not hit_by(closed(diary, location=LocationFactory(slug="dubai")), now=diary.now)
    assert hit_by(closed(diary, starts=time(10, 15), ends=time(11)), now=diary.now) == [hit[1]]


def test_a_closure_between_two_times_leaves_the_hours_between_its_days_open(diary: Diary) -> None:
    booked(diary, hour=16)
    tomorrow = diary.at(1, 0).date()
    assert not hit_by(
        closed(diary, last_day=tomorrow + timedelta(days=1), starts=time(9), ends=time(12)), now=diary.now
    )


def test_what_was_decided_is_not_asked_again_when_it_is_changed(diary: Diary) -> None:
    kept, later = booked(diary, hour=10), booked(diary, hour=14)
    time_off = away(diary, hours=(9, 12))
    take(time_off, {kept: KEEP}, diary)
    time_off.note = "Conference"
    take(time_off, {}, diary)
    time_off.ends_at = diary.at(1, 18)
    assert hit_by(time_off, now=diary.now) == [later]
    time_off.practitioner = diary.practitioners[1]
    other = booked(diary, diary.practitioners[1], hour=10, visitor="other")
    assert hit_by(time_off, now=diary.now) == [other]


def test_no_notice_is_asked_of_staff(diary: Diary) -> None:
    asked = booked(diary)
    soon = asked.starts_at - timedelta(minutes=5)
    assert stand_ins(away(diary), [asked], now=soon)[asked.pk] == diary.practitioners[1:]
    assert not stand_ins(away(diary), [asked], now=asked.starts_at)


@pytest.mark.parametrize("state", [State.ARRIVED, State.HELD])
def test_what_cannot_be_moved_is_handed_to_nobody(diary: Diary, state: State) -> None:
    asked = booked(diary)
    asked.state = state
    assert not stand_ins(away(diary), [asked], now=diary.now)
