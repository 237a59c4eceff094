"""An offered place is accepted once, while it is held."""

from datetime import datetime, timedelta

import pytest

from bookings.actions.cancel import cancel
from bookings.actions.offers import accept, decline
from bookings.enums import Actor, Channel, EntryState, OfferState, State
from bookings.exceptions import OfferGone, SlotTaken, TooManyOpen, TransitionNotAllowed
from bookings.models import Appointment, Message, Patient, PlaceOffer, Transition, WaitingEntry, WorkingHours
from bookings.tests.actions.waiting import booking, offered, offered_to, open_offers, patient, waiting
from bookings.tests.diary import Diary
from bookings.tests.rows import rows_of
from clinic.models import Clinic

pytestmark = pytest.mark.django_db

ALL = (Appointment, PlaceOffer, Transition, WaitingEntry)


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


def test_nobody_is_called_about_a_place_that_was_accepted(diary: Diary) -> None:
    entry = waiting(diary, patient=patient(diary, channel=Channel.PHONE))
    offer = offered(diary, entry)
    assert Message.objects.to_call(at=diary.now).filter(offer=offer).exists()
    accept(offer=offer, now=diary.now)
    assert not Message.objects.to_call(at=diary.now).filter(offer=offer).exists()
