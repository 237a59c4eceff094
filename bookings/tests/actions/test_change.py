"""The one function that changes a state."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from bookings import lifecycle
from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.exceptions import TransitionNotAllowed
from bookings.models import Appointment, Transition
from bookings.models.appointment import new_secret
from bookings.tests.actions.states import in_state, made_someones
from bookings.tests.diary import Diary
from bookings.tests.rows import bookings

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


@pytest.mark.parametrize("current", list(State))
def test_it_follows_the_table_and_a_refusal_changes_nothing(diary: Diary, current: State) -> None:
    reached = in_state(diary, current)
    for wanted in State:
        savepoint = transaction.savepoint()
        appointment = made_someones(Appointment.objects.get(pk=reached.pk), diary)
        before = bookings()
        if lifecycle.may_follow(current, wanted):
            change_state(appointment=appointment, to=wanted, actor=Actor.STAFF, now=diary.now)
            assert Appointment.objects.get(pk=reached.pk).state == wanted
        else:
            with pytest.raises(TransitionNotAllowed) as refused:
                change_state(appointment=appointment, to=wanted, actor=Actor.STAFF, now=diary.now)
            assert (refused.value.current, refused.value.wanted) == (current, wanted)
            assert bookings() == before
            assert appointment.state == current
        transaction.savepoint_rollback(savepoint)


@pytest.mark.parametrize("current", list(State))
def test_it_frees_the_time_exactly_where_the_new_state_keeps_none(diary: Diary, current: State) -> None:
    reached = in_state(diary, current)
    for wanted in lifecycle.FOLLOWS[current]:
        savepoint = transaction.savepoint()
        appointment = made_someones(Appointment.objects.get(pk=reached.pk), diary)
        change_state(appointment=appointment, to=wanted, actor=Actor.STAFF, now=diary.now)
        assert appointment.claims.exists() is (wanted not in {"declined", "cancelled", "lapsed"})
        transaction.savepoint_rollback(savepoint)


def test_a_freed_time_can_be_booked_again_and_a_kept_one_cannot(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10), visitor="first")
    change_state(appointment=asked, to=State.DECLINED, actor=Actor.STAFF, now=diary.now)
    again = diary.request(diary.at(1, 10), visitor="second")
    change_state(appointment=again, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    assert again.claims.count() == 1


def test_one_line_of_the_log_says_who_when_why_and_from_what_to_what(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    Transition.objects.all().delete()
    later = diary.now + timedelta(hours=3)
    doctor = get_user_model().objects.create_user("doctor")
    change_state(
        appointment=asked, to=State.DECLINED, actor=Actor.STAFF, by=doctor, reason="We are closed that week.", now=later
    )
    line = Transition.objects.get()
    assert (line.from_state, line.to_state, line.at) == (State.REQUESTED, State.DECLINED, later)
    assert (line.actor, line.user, line.reason) == (Actor.STAFF, doctor, "We are closed that week.")
    assert line.appointment == asked


def test_the_log_outlives_the_account_of_who_wrote_it(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    doctor = get_user_model().objects.create_user("doctor")
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, by=doctor, now=diary.now)
    doctor.delete()
    assert asked.transitions.filter(to_state=State.CONFIRMED, user=None).count() == 1


def test_the_databases_state_counts_not_that_of_the_object_in_hand(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    stale = Appointment.objects.get(pk=asked.pk)
    change_state(appointment=asked, to=State.CANCELLED, actor=Actor.PATIENT, now=diary.now)
    before = bookings()
    with pytest.raises(TransitionNotAllowed) as refused:
        change_state(appointment=stale, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    assert refused.value.current == State.CANCELLED
    assert bookings() == before


def test_an_object_read_long_ago_brings_nothing_else_back(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    stale = Appointment.objects.get(pk=asked.pk)
    asked.link_secret = new_secret()
    asked.save()
    change_state(appointment=stale, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    assert Appointment.objects.get().link_secret == asked.link_secret


def test_the_same_change_twice_is_refused_the_second_time(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    with pytest.raises(TransitionNotAllowed):
        change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    assert asked.transitions.filter(to_state=State.CONFIRMED).count() == 1


def test_a_hold_without_a_person_cannot_become_an_appointment(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10))
    before = bookings()
    with pytest.raises(IntegrityError), transaction.atomic():
        change_state(appointment=held, to=State.CONFIRMED, actor=Actor.SYSTEM, now=diary.now)
    assert bookings() == before


def test_a_failure_while_the_log_is_written_leaves_nothing_half_done(
    diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = diary.request(diary.at(1, 10))
    before = bookings()

    def fail(**values: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Transition.objects, "create", fail)
    with pytest.raises(RuntimeError):
        change_state(appointment=asked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    assert bookings() == before
