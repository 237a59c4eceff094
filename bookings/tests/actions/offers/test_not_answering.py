"""What nobody answers goes to the next, and in the end to anyone."""

from datetime import timedelta

import pytest

from bookings.actions.offers import pass_on_unanswered
from bookings.enums import OfferState, State
from bookings.models import Appointment, PlaceOffer, WaitingEntry
from bookings.tests.actions.waiting import freed, offered, offered_to, open_offers, waiting
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db


def test_a_place_that_nobody_answers_goes_to_the_next(diary: Diary) -> None:
    first, second = waiting(diary, since=9), waiting(diary, since=5)
    offer = offered(diary, first)
    assert pass_on_unanswered(now=offer.until - timedelta(seconds=1)) == 0
    assert offered_to() == [first]
    assert pass_on_unanswered(now=offer.until) == 1
    assert offered_to() == [second]
    assert open_offers()[0].until == offer.until + timedelta(minutes=120)
    assert PlaceOffer.objects.get(entry=first).state == OfferState.EXPIRED
    assert WaitingEntry.objects.waiting().filter(pk=first.pk).exists()


def test_when_the_list_is_at_its_end_the_time_is_anyones(diary: Diary) -> None:
    offer = offered(diary, waiting(diary))
    pass_on_unanswered(now=offer.until)
    assert not open_offers()
    assert not Appointment.objects.filter(state=State.HELD).exists()
    diary.hold(offer.starts_at, visitor="anyone", now=offer.until)


def test_a_place_whose_time_has_come_goes_to_nobody(diary: Diary) -> None:
    waiting(diary, since=9)
    waiting(diary, since=5)
    freed(diary)
    pass_on_unanswered(now=diary.at(1, 10))
    assert not open_offers()


def test_a_place_that_ran_out_and_was_booked_by_someone_else_is_only_marked(diary: Diary) -> None:
    offer = offered(diary, waiting(diary))
    diary.hold(offer.starts_at, visitor="quicker", now=offer.until)
    waiting(diary)
    assert pass_on_unanswered(now=offer.until) == 1
    assert not open_offers()
    assert Appointment.objects.get(state=State.HELD).visitor == "quicker"
