"""Moving appointments: the old time is free at once, nothing happens twice, and rules hold."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from bookings.actions.change import change_state
from bookings.actions.move import Move, move, wish_of
from bookings.enums import Actor, Rule, State
from bookings.exceptions import ChangedMeanwhile, Obstructed, SlotTaken, TooLate, TransitionNotAllowed
from bookings.models import Appointment, Claim, TimeOff
from bookings.queries.openings import offered
from bookings.tests.actions.states import in_state
from bookings.tests.diary import Diary
from bookings.tests.rows import bookings
from clinic.enums import LateChanges
from clinic.models import Clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """The day after tomorrow at ten."""
    return diary.request(diary.at(2, 10))


def go(appointment: Appointment, start: datetime, diary: Diary, *, actor: Actor = Actor.PATIENT, **values: Any) -> None:
    one = Move(appointment, start, values.pop("practitioner", None), values.pop("seen", None))
    move(moves=[one], actor=actor, now=values.pop("now", diary.now), **values)


def refused(error: type[Exception], act: Callable[[], None]) -> Any:
    """`act` is refused with this, and nothing has changed."""
    before = bookings()
    with pytest.raises(error) as caught:
        act()
    assert bookings() == before
    return caught.value


@pytest.mark.parametrize("state", [State.REQUESTED, State.CONFIRMED])
def test_it_keeps_row_state_and_reference(diary: Diary, asked: Appointment, state: State) -> None:
    if state == State.CONFIRMED:
        change_state(appointment=asked, to=state, actor=Actor.STAFF, now=diary.now)
    go(asked, diary.at(3, 14), diary)
    moved = Appointment.objects.get()
    assert (moved.pk, moved.reference, moved.link_secret, moved.state) == (
        asked.pk,
        asked.reference,
        asked.link_secret,
        state,
    )
    assert (moved.starts_at, moved.ends_at) == (diary.at(3, 14), diary.at(3, 14, 30))
    assert [claim.starts_at for claim in Claim.objects.all()] == [diary.at(3, 14)]


def test_promise_11_the_old_time_is_free_at_once(diary: Diary, asked: Appointment) -> None:
    go(asked, diary.at(3, 14), diary)
    diary.hold(diary.at(2, 10), visitor="another")


def test_the_log_says_who_from_when_to_when_and_why(diary: Diary, asked: Appointment) -> None:
    doctor = get_user_model().objects.create_user("doctor")
    go(asked, diary.at(3, 14), diary, actor=Actor.STAFF, by=doctor, reason="The room is out of use.")
    line = asked.transitions.latest("pk")
    assert (line.from_state, line.to_state) == (State.REQUESTED, State.REQUESTED)
    assert (line.moved_from, line.moved_to, line.at) == (diary.at(2, 10), diary.at(3, 14), diary.now)
    assert (line.actor, line.user, line.reason) == (Actor.STAFF, doctor, "The room is out of use.")


def test_promise_10_sent_twice_it_moves_once(diary: Diary, asked: Appointment) -> None:
    for _ in range(2):
        go(asked, diary.at(3, 14), diary, seen=diary.at(2, 10))
    assert asked.transitions.filter(moved_to=diary.at(3, 14)).count() == 1
    assert Appointment.objects.count() == Claim.objects.count() == 1


def test_it_stays_with_the_same_person_where_that_can_be(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2)
    one, two = diary.practitioners
    asked = diary.request(diary.at(2, 10), practitioner=two)
    go(asked, diary.at(3, 14), diary)
    assert Appointment.objects.get().practitioner == two
    diary.request(diary.at(4, 14), practitioner=two, visitor="another")
    go(asked, diary.at(4, 14), diary)
    assert Appointment.objects.get(pk=asked.pk).practitioner == one


def test_or_goes_to_the_one_who_was_chosen(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2)
    one, two = diary.practitioners
    asked = diary.request(diary.at(2, 10), practitioner=one)
    go(asked, diary.at(2, 10), diary, practitioner=two)
    assert Appointment.objects.get().practitioner == two
    assert Claim.objects.get().practitioner == two


def test_its_own_time_is_not_in_its_way(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=60)
    diary.add_rooms(1)
    asked = diary.request(diary.at(2, 10))
    assert offered(wish_of(asked), diary.at(2, 10, 30), now=now)
    go(asked, diary.at(2, 10, 30), diary)
    assert Appointment.objects.get().starts_at == diary.at(2, 10, 30)


def test_a_taken_time_is_refused_and_the_old_one_stays(diary: Diary, asked: Appointment) -> None:
    diary.request(diary.at(3, 14), visitor="another")
    refused(SlotTaken, lambda: go(asked, diary.at(3, 14), diary))


def test_a_time_off_is_refused_for_patients_and_staff(diary: Diary, asked: Appointment) -> None:
    TimeOff.objects.create(
        practitioner=diary.practitioner, location=diary.location, starts_at=diary.at(3, 9), ends_at=diary.at(3, 17)
    )
    for actor in (Actor.PATIENT, Actor.STAFF):
        refused(SlotTaken, lambda actor=actor: go(asked, diary.at(3, 14), diary, actor=actor))


def test_notice_and_horizon_bind_patients_not_staff(diary: Diary, asked: Appointment) -> None:
    for start in (diary.at(0, 10), diary.at(70, 10)):
        refused(SlotTaken, lambda start=start: go(asked, start, diary))
        go(asked, start, diary, actor=Actor.STAFF)
        assert Appointment.objects.get().starts_at == start
        go(asked, diary.at(2, 10), diary, actor=Actor.STAFF)


def test_whoever_saw_another_time_changes_nothing(diary: Diary, asked: Appointment) -> None:
    go(asked, diary.at(3, 9), diary, actor=Actor.STAFF)
    refused(ChangedMeanwhile, lambda: go(asked, diary.at(3, 14), diary, seen=diary.at(2, 10)))


@pytest.mark.parametrize("state", [one for one in State if one not in {State.HELD, State.REQUESTED, State.CONFIRMED}])
def test_what_is_over_or_given_up_stays_where_it_is(diary: Diary, state: State) -> None:
    over = in_state(diary, state)
    for actor in (Actor.PATIENT, Actor.STAFF):
        refused(TransitionNotAllowed, lambda actor=actor: go(over, diary.at(3, 14), diary, actor=actor))


def test_late_is_late_for_patients_who_must_call(diary: Diary, asked: Appointment) -> None:
    late = diary.at(2, 10) - timedelta(hours=24)
    refused(TooLate, lambda: go(asked, diary.at(4, 9), diary, now=late))
    go(asked, diary.at(4, 9), diary, now=late, actor=Actor.STAFF)
    go(asked, diary.at(2, 10), diary, now=late, actor=Actor.STAFF)
    go(asked, diary.at(4, 9), diary, now=late - timedelta(seconds=1))


def test_the_clinic_may_let_them_change_late_but_not_what_has_begun(diary: Diary, asked: Appointment) -> None:
    Clinic.objects.update(late_changes=LateChanges.ALLOWED)
    refused(TooLate, lambda: go(asked, diary.at(4, 9), diary, now=diary.at(2, 10)))
    go(asked, diary.at(4, 9), diary, now=diary.at(2, 10) - timedelta(seconds=1))


def test_rules_are_checked_again_and_only_staff_pass_them_with_a_reason(
    diary: Diary, asked: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Rule.SCREENING, Rule.REVIEW, Rule.WAIT, Rule.AGE]
    monkeypatch.setattr("bookings.actions.move.obstacles", lambda *args, **values: found)
    error = refused(Obstructed, lambda: go(asked, diary.at(3, 14), diary))
    assert error.rules == [Rule.WAIT, Rule.AGE]
    refused(Obstructed, lambda: go(asked, diary.at(3, 14), diary, reason="because"))
    refused(Obstructed, lambda: go(asked, diary.at(3, 14), diary, actor=Actor.STAFF))
    go(asked, diary.at(3, 14), diary, actor=Actor.STAFF, reason="The doctor agreed.")
    assert asked.transitions.latest("pk").overrode == "wait,age"
    found[:] = [Rule.SCREENING, Rule.REVIEW]  # these wait for an answer wherever the appointment is
    go(asked, diary.at(4, 14), diary)
    assert asked.transitions.latest("pk").overrode == ""


def test_several_move_all_or_none(diary: Diary) -> None:
    first, second = diary.request(diary.at(2, 10)), diary.request(diary.at(3, 10), visitor="v")
    taken = diary.request(diary.at(4, 10), visitor="another")
    refused(
        SlotTaken,
        lambda: move(
            moves=[Move(first, diary.at(2, 12)), Move(second, taken.starts_at)], actor=Actor.PATIENT, now=diary.now
        ),
    )
    # One may take the time that the other leaves.
    move(moves=[Move(first, diary.at(3, 10)), Move(second, diary.at(2, 12))], actor=Actor.PATIENT, now=diary.now)
    assert Appointment.objects.get(pk=first.pk).starts_at == diary.at(3, 10)
