"""Time off and closures never swallow an appointment: each is decided about."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from bookings.actions.absences import Decision, Verdict, close, take_time_off
from bookings.actions.change import change_state
from bookings.actions.offers import accept
from bookings.enums import Actor, EntryState, OfferState, State
from bookings.exceptions import BeingBooked, SlotTaken, Undecided
from bookings.models import Appointment, Closure, PlaceOffer, TimeOff, Transition
from bookings.queries.absences import hit_by, stand_ins
from bookings.tests.actions.absent import CANCEL, KEEP, away, booked, closed, hand_over, in_state, take
from bookings.tests.actions.waiting import waiting
from bookings.tests.diary import Diary
from bookings.tests.rows import rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False, people=3)


def test_a_hold_that_ran_out_is_none(diary: Diary) -> None:
    diary.hold(diary.at(1, 10), practitioner=diary.practitioner)
    take_time_off(time_off=away(diary), decisions={}, now=diary.now + timedelta(minutes=11))
    assert TimeOff.objects.exists()


def test_a_visitor_who_is_booking_is_waited_for(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10), practitioner=diary.practitioner)
    for decisions in ({}, {held: CANCEL}, {held: KEEP}):
        with pytest.raises(BeingBooked):
            take(away(diary), decisions, diary)
    assert not TimeOff.objects.exists()
    assert Appointment.objects.get() == held


def test_nothing_is_saved_until_each_is_decided(diary: Diary) -> None:
    first, second = booked(diary, hour=10), booked(diary, hour=12)
    before = rows_of(Appointment, TimeOff, Transition)
    for decisions in ({}, {first: CANCEL}, {second: KEEP}):
        with pytest.raises(Undecided):
            take(away(diary), decisions, diary)
    assert rows_of(Appointment, TimeOff, Transition) == before
    take(away(diary), {first: CANCEL, second: KEEP}, diary)
    assert TimeOff.objects.count() == 1


def test_whoever_booked_while_staff_decided_is_not_swallowed(diary: Diary) -> None:
    first = booked(diary, hour=10)
    time_off = away(diary)
    assert hit_by(time_off, now=diary.now) == [first]
    booked(diary, hour=12)
    with pytest.raises(Undecided):
        take(time_off, {first: CANCEL}, diary)
    first.refresh_from_db()
    assert first.state == State.REQUESTED


def test_a_decision_about_someone_who_gave_up_meanwhile_does_nothing(diary: Diary) -> None:
    asked = booked(diary)
    change_state(appointment=asked, to=State.CANCELLED, actor=Actor.PATIENT, now=diary.now)
    take(away(diary), {asked: hand_over(diary.practitioners[1])}, diary)
    asked.refresh_from_db()
    assert (asked.state, asked.practitioner) == (State.CANCELLED, diary.practitioner)


@pytest.mark.parametrize(
    ("state", "becomes"),
    [
        (State.REQUESTED, State.DECLINED),
        (State.CONFIRMED, State.CANCELLED),
        (State.ARRIVED, State.CANCELLED),
    ],
)
def test_a_cancellation_is_logged_with_who_and_why(
    diary: Diary, admin_user: User, state: State, becomes: State
) -> None:
    asked = in_state(booked(diary), state)
    take(away(diary), {asked: CANCEL}, diary, by=admin_user)
    asked.refresh_from_db()
    assert asked.state == becomes
    assert not asked.claims.exists()
    line = asked.transitions.last()
    assert (line.actor, line.user, line.reason) == (Actor.STAFF, admin_user, "Dr. Person is ill.")


def test_who_comes_all_the_same_keeps_state_and_time(diary: Diary) -> None:
    asked = booked(diary)
    before = rows_of(Appointment, Transition)
    take(away(diary), {asked: KEEP}, diary)
    assert rows_of(Appointment, Transition) == before
    assert asked.claims.exists()


def test_another_practitioner_takes_over_at_the_same_time(diary: Diary, admin_user: User) -> None:
    asked = booked(diary)
    _away, busy, free = diary.practitioners
    booked(diary, busy)
    time_off = away(diary)
    assert stand_ins(time_off, [asked], now=diary.now) == {asked.pk: [free]}
    take(time_off, {asked: hand_over(free)}, diary, by=admin_user)
    asked.refresh_from_db()
    assert (asked.state, asked.starts_at, asked.practitioner) == (State.REQUESTED, diary.at(1, 10), free)
    assert [claim.practitioner for claim in asked.claims.all()] == [free]
    line = asked.transitions.last()
    assert (line.moved_from, line.moved_to, line.user) == (asked.starts_at, asked.starts_at, admin_user)
    assert str(diary.practitioner) in line.reason


def test_a_stand_in_who_is_taken_meanwhile_spoils_it_all(diary: Diary) -> None:
    first, second = booked(diary, hour=10), booked(diary, hour=12)
    other = diary.practitioners[1]
    booked(diary, other, hour=12, visitor="quick")
    before = rows_of(Appointment, TimeOff, Transition)
    decisions = {one: hand_over(other) for one in (first, second)}
    with pytest.raises(SlotTaken):
        take(away(diary), decisions, diary)
    assert rows_of(Appointment, TimeOff, Transition) == before


def test_two_appointments_are_handed_over_at_once(diary: Diary) -> None:
    first, second = booked(diary, hour=10), booked(diary, hour=12)
    _away, one, other = diary.practitioners
    take(
        away(diary),
        {first: hand_over(one), second: hand_over(other)},
        diary,
    )
    assert list(Appointment.objects.values_list("practitioner", flat=True)) == [one.pk, other.pk]


def test_a_closure_is_saved_with_its_decisions(diary: Diary) -> None:
    first, second = booked(diary, hour=10), booked(diary, diary.practitioners[1], hour=10, visitor="other")
    closure = closed(diary)
    assert not stand_ins(closure, [first, second], now=diary.now)
    with pytest.raises(Undecided):
        close(closure=closure, decisions={first.pk: CANCEL}, now=diary.now)
    assert not Closure.objects.exists()
    close(closure=closure, decisions={first.pk: CANCEL, second.pk: KEEP}, now=diary.now)
    assert Closure.objects.exists()
    assert [one.state for one in Appointment.objects.order_by("pk")] == [State.DECLINED, State.REQUESTED]


def test_time_that_is_freed_for_time_off_is_offered_to_nobody(diary: Diary) -> None:
    waiting(diary, practitioner=diary.practitioner)
    first, second = booked(diary, hour=10), booked(diary, hour=12)
    take(away(diary), {first: CANCEL, second: hand_over(diary.practitioners[1])}, diary)
    assert not PlaceOffer.objects.exists()


def test_a_place_that_is_kept_for_the_waiting_list_is_taken_back(diary: Diary) -> None:
    entry = waiting(diary, practitioner=diary.practitioner)
    waiting(diary, practitioner=diary.practitioner)
    change_state(appointment=booked(diary), to=State.CANCELLED, actor=Actor.PATIENT, now=diary.now)
    hold = PlaceOffer.objects.get().hold
    with pytest.raises(Undecided):
        take(away(diary), {}, diary)
    take(away(diary), {hold: CANCEL}, diary)
    # Nor is it offered to the next.
    assert PlaceOffer.objects.get().state == OfferState.EXPIRED
    entry.refresh_from_db()
    assert entry.state == EntryState.WAITING
    assert not Appointment.objects.filter(state=State.HELD).exists()


def test_an_appointment_that_came_from_the_waiting_list_is_cancelled_like_any_other(diary: Diary) -> None:
    waiting(diary, practitioner=diary.practitioner)
    gone = diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    change_state(appointment=gone, to=State.CANCELLED, actor=Actor.PATIENT, now=diary.now)
    place = accept(offer=PlaceOffer.objects.get(), now=diary.now)
    take(away(diary), {place: CANCEL}, diary)
    place.refresh_from_db()
    assert (place.state, place.claims.exists()) == (State.DECLINED, False)
    assert PlaceOffer.objects.get().state == OfferState.ACCEPTED


def test_whoever_is_kept_stays_whomever_a_form_named(diary: Diary) -> None:
    asked = booked(diary)
    take(away(diary), {asked: Decision(Verdict.KEEP, to=diary.practitioners[1])}, diary)
    asked.refresh_from_db()
    assert asked.practitioner == diary.practitioner
