"""What is declined, or left with the list, goes to the next."""

import pytest

from bookings.actions.cancel import cancel
from bookings.actions.leave import leave
from bookings.actions.offers import accept, decline
from bookings.enums import EntryState, OfferState, State
from bookings.models import Appointment, PlaceOffer, Transition, WaitingEntry
from bookings.tests.actions.waiting import freed, offered, offered_to, open_offers, waiting
from bookings.tests.diary import Diary
from bookings.tests.rows import rows_of

pytestmark = pytest.mark.django_db

ALL = (Appointment, PlaceOffer, Transition, WaitingEntry)


def test_what_is_declined_goes_to_the_next_and_never_back(diary: Diary) -> None:
    first, second = waiting(diary, since=9), waiting(diary, since=5)
    offer = offered(diary, first)
    decline(offer=offer, now=diary.now)
    assert offered_to() == [second]
    assert (open_offers()[0].starts_at, Appointment.objects.filter(state=State.HELD).count()) == (offer.starts_at, 1)
    decline(offer=open_offers()[0], now=diary.now)
    assert not open_offers()
    assert set(WaitingEntry.objects.waiting()) == {first, second}
    diary.hold(offer.starts_at, visitor="anyone")


def test_declining_twice_does_nothing_twice(diary: Diary) -> None:
    waiting(diary, since=9)
    offer = offered(diary, WaitingEntry.objects.get())
    second = waiting(diary, since=5)
    decline(offer=offer, now=diary.now)
    decline(offer=offer, now=diary.now)
    assert offered_to() == [second]


def test_an_accepted_place_cannot_be_declined(diary: Diary) -> None:
    offer = offered(diary, waiting(diary))
    place = accept(offer=offer, now=diary.now)
    decline(offer=offer, now=diary.now)
    assert Appointment.objects.get(pk=place.pk).claims.exists()
    assert PlaceOffer.objects.get().state == OfferState.ACCEPTED


def test_whoever_leaves_gives_what_was_offered_to_the_next(diary: Diary) -> None:
    first, second = waiting(diary, since=9), waiting(diary, since=5)
    offered(diary, first)
    leave(entry=first, now=diary.now)
    first.refresh_from_db()
    assert first.state == EntryState.LEFT
    assert offered_to() == [second]
    before = rows_of(*ALL)
    leave(entry=first, now=diary.now)
    assert rows_of(*ALL) == before


def test_whoever_has_a_place_does_not_lose_it_by_leaving(diary: Diary) -> None:
    entry = waiting(diary)
    place = accept(offer=offered(diary, entry), now=diary.now)
    leave(entry=entry, now=diary.now)
    entry.refresh_from_db()
    assert entry.state == EntryState.PLACED
    assert Appointment.objects.get(pk=place.pk).state == State.REQUESTED


def test_whoever_cancels_the_appointment_no_longer_waits_for_an_earlier_one(diary: Diary) -> None:
    own = diary.request(diary.at(3, 14))
    entry, other = waiting(diary, appointment=own, since=9), waiting(diary, since=5)
    early = freed(diary)
    assert offered_to() == [entry]
    cancel(appointment=own, now=diary.now)
    entry.refresh_from_db()
    assert entry.state == EntryState.LEFT
    assert [(offer.entry, offer.starts_at) for offer in open_offers()] == [(other, diary.at(3, 14))]
    diary.hold(early, visitor="anyone")
