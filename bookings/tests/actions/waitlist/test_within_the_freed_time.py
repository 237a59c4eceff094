"""Only what was freed is offered, and each part of it once to each."""

from datetime import datetime

import pytest

from bookings.actions.offers import decline, pass_on_unanswered
from bookings.models import PlaceOffer
from bookings.tests.actions.waiting import booking, give_up, offered_to, open_offers, waiting
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db


def test_a_long_visit_may_suit_two_short_ones(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=60, step=30)
    booked = diary.request(diary.at(1, 10))
    diary.type.minutes = 30
    diary.type.save()
    entries = [waiting(diary, since=9), waiting(diary, since=5), waiting(diary, since=1)]
    give_up(booked, diary)
    assert offered_to() == entries[:2]
    assert [offer.starts_at for offer in open_offers()] == [diary.at(1, 10), diary.at(1, 10, 30)]


def test_only_the_freed_time_is_offered_though_others_beside_it_are_free(now: datetime) -> None:
    """A visit may start each 20 minutes and takes 40: before and after the freed one are other starts that touch it."""
    diary = Diary(now=now, signed=False, minutes=30, buffer_after=10, step=20)
    booked = diary.request(diary.at(1, 10, 40))
    entries = [waiting(diary, since=since) for since in (9, 5)]
    give_up(booked, diary)
    for entry in entries:
        [offer] = open_offers()
        assert (offer.entry, offer.starts_at) == (entry, booked.starts_at)
        pass_on_unanswered(now=offer.until)
    assert not open_offers()
    assert PlaceOffer.objects.count() == 2


def test_whoever_did_not_want_a_time_is_not_asked_for_a_part_of_it(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=60, step=20)
    entry = waiting(diary)
    give_up(diary.request(diary.at(1, 10)), diary)
    decline(offer=open_offers()[0], now=now)
    give_up(diary.request(diary.at(1, 10, 40), visitor="later", booking=booking("Zoe")), diary)
    assert not open_offers()
    give_up(diary.request(diary.at(1, 11), visitor="after", booking=booking("Zoe")), diary)
    assert offered_to() == [entry]


def test_a_longer_visit_is_not_offered_where_only_a_part_of_it_was_freed(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=30, step=30)
    booked = diary.request(diary.at(1, 10))
    diary.type.minutes = 60
    diary.type.save()
    waiting(diary)
    give_up(booked, diary)
    assert not open_offers()


def test_what_is_left_of_a_long_visit_is_no_earlier_time_for_whoever_comes_then(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2, minutes=60, step=30)
    one, two = diary.practitioners
    booked = diary.request(diary.at(1, 10), practitioner=one)
    diary.type.minutes = 30
    diary.type.save()
    own = diary.request(diary.at(1, 10, 30), practitioner=two, visitor="own", booking=booking("Bea"))
    first = waiting(diary, since=9)
    waiting(diary, appointment=own)
    give_up(booked, diary)
    assert offered_to() == [first]
