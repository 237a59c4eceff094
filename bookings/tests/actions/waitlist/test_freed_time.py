"""A time that becomes free is held for whoever waited longest."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bookings.actions.change import change_state
from bookings.actions.move import Move, move
from bookings.enums import Actor, State
from bookings.exceptions import SlotTaken
from bookings.models import Appointment, PlaceOffer
from bookings.tests.actions.waiting import give_up, offered_to, open_offers, waiting
from bookings.tests.diary import Diary
from clinic.models import Clinic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("to", [State.CANCELLED, State.DECLINED])
def test_a_freed_time_is_held_for_whoever_waited_longest(diary: Diary, booked: Appointment, to: State) -> None:
    waiting(diary, since=5)
    first = waiting(diary, since=10)
    waiting(diary, since=1)
    give_up(booked, diary, to)
    [offer] = open_offers()
    assert (offer.entry, offer.starts_at, offer.practitioner) == (first, booked.starts_at, diary.practitioner)
    assert (offer.offered_at, offer.until) == (diary.now, diary.now + timedelta(minutes=120))
    assert (offer.hold.state, offer.hold.held_until) == (State.HELD, offer.until)
    assert offer.hold.claims.count() == 1


def test_nobody_else_can_take_what_is_held_for_them(diary: Diary, booked: Appointment) -> None:
    waiting(diary)
    give_up(booked, diary)
    with pytest.raises(SlotTaken):
        diary.hold(booked.starts_at, visitor="someone else")


def test_the_clinic_sets_how_long_and_never_longer_than_until_it_begins(diary: Diary) -> None:
    Clinic.objects.update(offer_minutes=1440)
    booked = diary.request(diary.at(0, 12))
    waiting(diary)
    give_up(booked, diary)
    assert open_offers()[0].until == booked.starts_at


def test_a_time_that_was_moved_away_from_is_offered(diary: Diary, booked: Appointment) -> None:
    entry = waiting(diary)
    move(moves=[Move(booked, diary.at(2, 9))], actor=Actor.PATIENT, now=diary.now)
    [offer] = open_offers()
    assert (offer.entry, offer.starts_at) == (entry, diary.at(1, 10))


def test_a_time_that_has_passed_is_offered_to_nobody(diary: Diary, booked: Appointment) -> None:
    waiting(diary)
    change_state(appointment=booked, to=State.CANCELLED, actor=Actor.STAFF, now=booked.starts_at)
    assert not open_offers()


def test_the_notice_that_anyone_must_give_holds_here_too(diary: Diary) -> None:
    booked = diary.request(diary.at(0, 12))
    waiting(diary)
    change_state(appointment=booked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.at(0, 10, 30))
    assert not open_offers()


def test_one_entry_has_one_open_offer(diary: Diary) -> None:
    first, second = diary.request(diary.at(1, 10)), diary.request(diary.at(1, 11))
    entry = waiting(diary)
    give_up(first, diary)
    give_up(second, diary)
    assert offered_to() == [entry]


def test_whoever_gives_a_time_back_does_so_even_if_it_cannot_be_offered_on(
    diary: Diary, booked: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*values: Any, **named: Any) -> None:
        raise SlotTaken

    waiting(diary)
    monkeypatch.setattr("bookings.actions.waitlist.hold_one", refuse)
    give_up(booked, diary)
    assert not PlaceOffer.objects.exists()
    assert Appointment.objects.get().state == State.CANCELLED


def test_a_room_is_held_with_the_place(now: datetime) -> None:
    diary = Diary(now=now, signed=False)
    [room] = diary.add_rooms(1)
    booked = diary.request(diary.at(1, 10))
    waiting(diary)
    give_up(booked, diary)
    assert {claim.resource for claim in open_offers()[0].hold.claims.all()} == {None, room}


def test_freeing_a_time_costs_little_more_with_many_who_wait(diary: Diary, django_assert_max_num_queries: Any) -> None:
    booked = diary.request(diary.at(1, 10))
    for _ in range(10):
        waiting(diary)
    with django_assert_max_num_queries(60):
        give_up(booked, diary)
    assert len(open_offers()) == 1
