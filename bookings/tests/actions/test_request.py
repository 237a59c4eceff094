"""Asking for the held time."""

from datetime import datetime, timedelta

import pytest

from bookings.actions.book import request_appointment
from bookings.actions.booking import Booking, Contact
from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.exceptions import HoldExpired, SlotTaken
from bookings.models import Appointment, Claim, Patient
from bookings.tests.diary import CONTACT, Diary
from bookings.tests.factories import TimeOffFactory
from bookings.tests.rows import bookings

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
NARGES = Contact(name="نرگس رضایی", email="narges@example.com", phone="+982122334455", language="fa")


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


def ask(held: Appointment, *, now: datetime, visitor: str = "visitor", contact: Contact = CONTACT) -> Appointment:
    return request_appointment(reference=held.reference, visitor=visitor, booking=Booking(contact), now=now)


def test_the_hold_becomes_a_request_with_its_reference_time_and_claim(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10))
    claim = Claim.objects.values().get()
    asked = ask(held, now=diary.now + MINUTE)
    stored = Appointment.objects.get()
    assert stored == asked == held
    assert (stored.state, stored.reference, stored.starts_at) == (State.REQUESTED, held.reference, held.starts_at)
    assert (stored.requested_at, stored.held_until) == (diary.now + MINUTE, None)
    assert Claim.objects.values().get() == claim
    line = stored.transitions.get()
    assert (line.from_state, line.to_state, line.actor) == (State.HELD, State.REQUESTED, Actor.PATIENT)
    assert (line.at, line.user) == (diary.now + MINUTE, None)


def test_the_patient_is_exactly_who_asked(diary: Diary) -> None:
    asked = ask(diary.hold(diary.at(1, 10)), now=diary.now, contact=NARGES)
    patient = Patient.objects.get()
    assert asked.patient == patient
    assert (patient.name, patient.email) == ("نرگس رضایی", "narges@example.com")
    assert (patient.phone.as_e164, patient.language, patient.created_at) == ("+982122334455", "fa", diary.now)


def test_families_share_an_email_and_nobody_is_overwritten(diary: Diary) -> None:
    ask(diary.hold(diary.at(1, 10), visitor="one"), visitor="one", now=diary.now)
    child = Contact(name="Byron Example", email=CONTACT.email, phone=CONTACT.phone, language="en")
    ask(diary.hold(diary.at(1, 11), visitor="two"), visitor="two", contact=child, now=diary.now)
    assert list(Patient.objects.order_by("pk").values_list("name", flat=True)) == ["Ada Example", "Byron Example"]


def test_asking_again_gives_the_same_appointment_and_changes_nothing(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10))
    asked = ask(held, now=diary.now)
    before = bookings()
    assert ask(held, now=diary.now + MINUTE, contact=NARGES) == asked
    assert bookings() == before


def test_asking_again_after_staff_have_answered_does_not_undo_the_answer(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10))
    change_state(appointment=ask(held, now=diary.now), to=State.DECLINED, actor=Actor.STAFF, now=diary.now)
    assert ask(held, now=diary.now).state == State.DECLINED


def test_a_hold_that_ran_out_is_still_good_while_the_time_is_free(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10), minutes=10)
    assert ask(held, now=diary.now + 10 * MINUTE).state == State.REQUESTED


def test_a_time_given_to_someone_else_is_lost(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10), minutes=10)
    later = diary.now + 11 * MINUTE
    diary.hold(diary.at(1, 10), visitor="other", now=later)
    before = bookings()
    with pytest.raises(HoldExpired):
        ask(held, now=later)
    assert bookings() == before


def test_a_hold_that_ran_out_is_lost_if_the_time_is_no_longer_worked(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10), minutes=10)
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(1, 9), ends_at=diary.at(1, 12))
    before = bookings()
    with pytest.raises(SlotTaken):
        ask(held, now=diary.now + 11 * MINUTE)
    assert bookings() == before


def test_a_time_that_has_passed_cannot_be_asked_for(diary: Diary) -> None:
    held = diary.hold(diary.at(0, 11), minutes=180)
    before = bookings()
    with pytest.raises(HoldExpired):
        ask(held, now=held.starts_at)
    assert bookings() == before
    assert ask(held, now=held.starts_at - timedelta(microseconds=1))


def test_nobody_can_ask_with_anothers_hold(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10), visitor="ada")
    before = bookings()
    for visitor in ("grace", ""):
        with pytest.raises(HoldExpired):
            ask(held, now=diary.now, visitor=visitor)
    assert bookings() == before


def test_an_unknown_reference_is_no_hold(diary: Diary) -> None:
    diary.hold(diary.at(1, 10))
    with pytest.raises(HoldExpired):
        request_appointment(reference="AAAA-AAAA", visitor="visitor", booking=Booking(CONTACT), now=diary.now)


def test_two_visitors_with_two_practitioners_have_the_same_hour(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2)
    asked = [diary.request(diary.at(1, 10), visitor=visitor) for visitor in ("one", "two")]
    assert {appointment.practitioner for appointment in asked} == set(diary.practitioners)
