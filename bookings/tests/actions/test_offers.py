"""What someone on the waiting list does with an offered place, and what becomes of one that nobody answers."""

from datetime import datetime, timedelta

import pytest

from bookings.actions.cancel import cancel
from bookings.actions.change import change_state
from bookings.actions.leave import leave
from bookings.actions.offers import accept, decline, pass_on_unanswered
from bookings.enums import Actor, EntryState, OfferState, State
from bookings.exceptions import OfferGone, SlotTaken, TooManyOpen, TransitionNotAllowed
from bookings.models import Appointment, Patient, PlaceOffer, Transition, WaitingEntry, WorkingHours
from bookings.tests.actions.waiting import booking, offered_to, open_offers, waiting
from bookings.tests.factories import Diary
from bookings.tests.rows import rows_of
from clinic.models import Clinic

pytestmark = pytest.mark.django_db
ALL = (Appointment, PlaceOffer, Transition, WaitingEntry)


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


def freed(diary: Diary, days: int = 1, hour: int = 10) -> datetime:
    """A time that somebody had and gave up."""
    booked = diary.request(diary.at(days, hour), visitor="freed", booking=booking("Zoe"))
    change_state(appointment=booked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    return booked.starts_at


def offered(diary: Diary, entry: WaitingEntry, days: int = 1, hour: int = 10) -> PlaceOffer:
    freed(diary, days, hour)
    return entry.offers.get(state=OfferState.OPEN)


# Accepting


def test_accepting_asks_for_the_place(diary: Diary) -> None:
    entry = waiting(diary, needs=["interpreter"])
    offer = offered(diary, entry)
    place = accept(offer=offer, now=diary.now)
    assert (place.state, place.patient, place.starts_at) == (State.REQUESTED, entry.patient, offer.starts_at)
    assert (place.needs, place.requested_at, place.held_until) == (["interpreter"], diary.now, None)
    assert place.claims.count() == 1
    offer.refresh_from_db()
    entry.refresh_from_db()
    assert (offer.state, entry.state) == (OfferState.ACCEPTED, EntryState.PLACED)


def test_or_has_it_at_once_where_the_type_says_so(now: datetime) -> None:
    diary = Diary(now=now, signed=False, auto_confirm=True)
    assert accept(offer=offered(diary, waiting(diary)), now=now).state == State.CONFIRMED


@pytest.mark.parametrize("same", ["record", "email", "phone"])
def test_whoever_has_asked_as_often_as_anyone_may_cannot_ask_for_the_place_too(diary: Diary, same: str) -> None:
    entry = waiting(diary)
    offer = offered(diary, entry)
    own = diary.request(diary.at(3, 14), booking=booking("Bea"))
    if same == "record":
        Appointment.objects.filter(pk=own.pk).update(patient=entry.patient)
    else:
        value = entry.patient.email.upper() if same == "email" else entry.patient.phone
        Patient.objects.filter(pk=own.patient.pk).update(**{same: value})
    Clinic.objects.update(open_requests_per_contact=1)
    before = rows_of(*ALL)
    with pytest.raises(TooManyOpen):
        accept(offer=offer, now=diary.now)
    assert rows_of(*ALL) == before
    cancel(appointment=own, now=diary.now)
    assert accept(offer=offer, now=diary.now).state == State.REQUESTED


def test_an_earlier_time_is_no_further_request(diary: Diary) -> None:
    own = diary.request(diary.at(3, 14))
    offer = offered(diary, waiting(diary, appointment=own))
    Clinic.objects.update(open_requests_per_contact=1)
    assert accept(offer=offer, now=diary.now).pk == own.pk


def test_with_an_appointment_it_moves_there_and_keeps_row_state_and_reference(diary: Diary) -> None:
    own = diary.request(diary.at(3, 14))
    offer = offered(diary, waiting(diary, appointment=own))
    place = accept(offer=offer, now=diary.now)
    assert (place.pk, place.reference, place.state) == (own.pk, own.reference, State.REQUESTED)
    assert place.starts_at == offer.starts_at
    assert [claim.starts_at for claim in place.claims.all()] == [offer.starts_at]
    line = place.transitions.latest("pk")
    assert (line.actor, line.moved_from, line.moved_to) == (Actor.PATIENT, diary.at(3, 14), offer.starts_at)


def test_the_time_it_leaves_goes_to_the_next(diary: Diary) -> None:
    own = diary.request(diary.at(3, 14))
    offer = offered(diary, waiting(diary, appointment=own, since=5))
    other = waiting(diary, since=1)
    accept(offer=offer, now=diary.now)
    assert offered_to() == [other]
    assert open_offers()[0].starts_at == diary.at(3, 14)


def test_accepting_twice_does_nothing_twice(diary: Diary) -> None:
    for day, own in enumerate((None, diary.request(diary.at(4, 14))), start=1):
        entry = waiting(diary, "Cy" if own is None else "", appointment=own)
        offer = offered(diary, entry, days=day)
        place = accept(offer=offer, now=diary.now)
        before = rows_of(*ALL)
        assert accept(offer=offer, now=diary.now + timedelta(days=1)) == place
        assert rows_of(*ALL) == before


def test_a_place_that_ran_out_is_gone_to_the_second(diary: Diary) -> None:
    offer = offered(diary, waiting(diary))
    before = rows_of(*ALL)
    with pytest.raises(OfferGone):
        accept(offer=offer, now=offer.until)
    assert rows_of(*ALL) == before
    assert accept(offer=offer, now=offer.until - timedelta(seconds=1)).state == State.REQUESTED


def test_what_was_declined_or_passed_on_cannot_be_accepted_any_more(diary: Diary) -> None:
    offer = offered(diary, waiting(diary))
    decline(offer=offer, now=diary.now)
    with pytest.raises(OfferGone):
        accept(offer=offer, now=diary.now)


def test_nor_after_leaving_the_list(diary: Diary) -> None:
    entry = waiting(diary)
    offer = offered(diary, entry)
    WaitingEntry.objects.update(state=EntryState.LEFT)  # as when it was offered in that very moment
    with pytest.raises(OfferGone):
        accept(offer=offer, now=diary.now)


def test_a_place_may_be_accepted_until_it_runs_out_though_the_notice_is_over(now: datetime) -> None:
    """Two hours of notice; at 09:00 the place at 11:30 is offered until 11:00."""
    diary = Diary(now=now, signed=False)
    own = diary.request(diary.at(1, 14))
    offer = offered(diary, waiting(diary, appointment=own), days=0, hour=12)
    late = now + timedelta(minutes=110)
    assert offer.starts_at - late < timedelta(hours=2)
    assert accept(offer=offer, now=late).starts_at == offer.starts_at


def test_a_late_appointment_may_still_move_to_what_the_clinic_offers(diary: Diary) -> None:
    own = diary.request(diary.at(0, 15))  # in less than 24 hours
    offer = offered(diary, waiting(diary, appointment=own), days=0, hour=12)
    assert accept(offer=offer, now=diary.now).starts_at == offer.starts_at


def test_a_place_that_is_not_worked_any_more_is_refused_and_nothing_changes(diary: Diary) -> None:
    own = diary.request(diary.at(3, 14))
    offer = offered(diary, waiting(diary, appointment=own))
    WorkingHours.objects.all().delete()
    before = rows_of(*ALL)
    with pytest.raises(SlotTaken):
        accept(offer=offer, now=diary.now)
    assert rows_of(*ALL) == before


def test_an_appointment_that_is_over_cannot_move(diary: Diary) -> None:
    own = diary.request(diary.at(3, 14))
    offer = offered(diary, waiting(diary, appointment=own))
    Appointment.objects.filter(pk=own.pk).update(state=State.DECLINED)
    with pytest.raises(TransitionNotAllowed):
        accept(offer=offer, now=diary.now)


# Declining and leaving


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


# Not answering


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
