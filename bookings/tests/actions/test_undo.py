"""Staff take the last step back, and the time is the appointment's again, or nothing changes."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings import lifecycle
from bookings.actions.change import change_state
from bookings.actions.move import Move, move
from bookings.actions.undo import last_step, undo
from bookings.enums import Actor, Kind, State
from bookings.exceptions import SlotTaken, TransitionNotAllowed
from bookings.models import Appointment, Course, TimeOff, Transition
from bookings.tests.actions.states import WAYS, in_state
from bookings.tests.diary import Diary
from bookings.tests.rows import bookings

pytestmark = pytest.mark.django_db
REASON = "Pressed by mistake"
# What staff can reach by a button.
TAKEN_BACK = [(State(way[-2] if len(way) > 1 else State.REQUESTED), state) for state, way in WAYS.items() if way]


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("vera", is_staff=True)


def cancel(appointment: Appointment, now: datetime) -> None:
    change_state(appointment=appointment, to=State.CANCELLED, actor=Actor.PATIENT, now=now)


@pytest.mark.parametrize(("before", "after"), TAKEN_BACK)
def test_any_step_of_staff_can_be_taken_back_and_the_time_is_kept(
    diary: Diary, staff: User, before: State, after: State
) -> None:
    appointment = in_state(diary, after)
    undone = undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)
    stored = Appointment.objects.get()
    assert undone.state == stored.state == before
    claim = stored.claims.get()
    assert (claim.practitioner, claim.starts_at, claim.ends_at) == (
        stored.practitioner,
        stored.starts_at,
        stored.ends_at,
    )


def test_the_log_says_who_took_back_what_and_why(diary: Diary, staff: User) -> None:
    appointment = in_state(diary, State.DECLINED)
    undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)
    line = Transition.objects.latest("pk")
    assert (line.from_state, line.to_state, line.actor) == (State.DECLINED, State.REQUESTED, Actor.STAFF)
    assert (line.user, line.reason, line.at, line.overrode) == (staff, REASON, diary.now, "")


def test_nothing_is_taken_back_without_a_reason(diary: Diary, staff: User) -> None:
    appointment = in_state(diary, State.DECLINED)
    with pytest.raises(ValueError, match="reason"):
        undo(appointment=appointment, now=diary.now, by=staff, reason="")


@pytest.mark.parametrize("state", [State.HELD, State.REQUESTED])
def test_the_request_itself_cannot_be_taken_back(diary: Diary, staff: User, state: State) -> None:
    appointment = in_state(diary, state)
    before = bookings()
    with pytest.raises(TransitionNotAllowed):
        undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)
    assert bookings() == before


def test_the_same_step_is_not_taken_back_twice(diary: Diary, staff: User) -> None:
    appointment = in_state(diary, State.CONFIRMED)
    cancel(appointment, diary.now)
    for state in (State.CONFIRMED, State.REQUESTED):
        assert undo(appointment=appointment, now=diary.now, by=staff, reason=REASON).state == state
    with pytest.raises(TransitionNotAllowed):
        undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)


def test_a_move_is_no_step_and_the_new_time_is_kept(diary: Diary, staff: User) -> None:
    appointment = in_state(diary, State.CONFIRMED)
    move(moves=[Move(appointment, diary.at(2, 11))], actor=Actor.STAFF, now=diary.now)
    undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)
    stored = Appointment.objects.get()
    assert (stored.state, stored.starts_at) == (State.REQUESTED, diary.at(2, 11))


def test_a_time_given_to_someone_else_is_not_taken_from_them(diary: Diary, staff: User) -> None:
    appointment = in_state(diary, State.CONFIRMED)
    cancel(appointment, diary.now)
    diary.request(appointment.starts_at, visitor="another")
    before = bookings()
    with pytest.raises(SlotTaken):
        undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)
    assert bookings() == before


def test_a_time_that_someone_is_booking_is_theirs_until_their_minutes_are_over(diary: Diary, staff: User) -> None:
    appointment = in_state(diary, State.CONFIRMED)
    cancel(appointment, diary.now)
    held = diary.hold(appointment.starts_at, visitor="another", minutes=10)
    with pytest.raises(SlotTaken):
        undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)
    undo(appointment=appointment, now=diary.now + timedelta(minutes=10), by=staff, reason=REASON)
    assert not Appointment.objects.filter(pk=held.pk).exists()


def test_a_practitioner_who_is_away_by_now_gets_nobody_back(diary: Diary, staff: User) -> None:
    appointment = in_state(diary, State.CANCELLED)
    TimeOff.objects.create(
        practitioner=diary.practitioner, location=diary.location, starts_at=diary.at(1, 9), ends_at=diary.at(1, 17)
    )
    with pytest.raises(SlotTaken):
        undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)


def test_it_takes_a_free_room_again_or_refuses(diary: Diary, staff: User) -> None:
    first, second = diary.add_rooms(2)
    appointment = in_state(diary, State.CANCELLED)
    for number, room in enumerate((first, second)):
        TimeOff.objects.create(
            resource=room, location=diary.location, starts_at=diary.at(1, 9), ends_at=diary.at(1, 17)
        )
        if number:
            with pytest.raises(SlotTaken):
                undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)
        else:
            undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)
            assert set(appointment.claims.values_list("resource", flat=True)) == {None, second.pk}
            cancel(appointment, diary.now)


def test_a_past_time_is_claimed_again_too(diary: Diary, staff: User) -> None:
    appointment = in_state(diary, State.CANCELLED)
    undo(appointment=appointment, now=diary.at(3, 10), by=staff, reason=REASON)
    assert appointment.claims.exists()


@pytest.mark.parametrize(("before", "after"), [("requested", State.CANCELLED), ("confirmed", State.NO_SHOW)])
def test_a_session_whose_place_in_the_course_is_filled_stays_cancelled_or_missed(
    diary: Diary, staff: User, before: str, after: State
) -> None:
    appointment, another = in_state(diary, after), diary.request(diary.at(2, 10))
    course = Course.objects.create(
        consultation=another,
        treatment=diary.treatment,
        type=diary.type,
        phase="First course",
        sessions=2,
        gap_from=7,
        created_at=diary.now,
    )
    Appointment.objects.update(course=course, session_number=1)
    with pytest.raises(SlotTaken):
        undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)
    Appointment.objects.filter(pk=another.pk).update(session_number=2)
    assert undo(appointment=appointment, now=diary.now, by=staff, reason=REASON).state == before


def test_what_is_confirmed_again_against_the_rules_is_logged_with_them(diary: Diary, staff: User) -> None:
    appointment = in_state(diary, State.CONFIRMED)
    cancel(appointment, diary.now)
    diary.type.kind = Kind.SESSION
    diary.type.save()
    undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)
    assert Transition.objects.latest("pk").overrode == "consultation"


@given(choices=st.lists(st.integers(0, 9), max_size=12))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_whatever_is_pressed_the_claims_match_the_state(diary: Diary, staff: User, choices: list[int]) -> None:
    savepoint = transaction.savepoint()
    appointment = diary.request(diary.at(1, 10))
    past = [State.REQUESTED]
    for choice in choices:
        ways = [*sorted(lifecycle.FOLLOWS[past[-1]]), None]
        wanted = ways[choice % len(ways)]
        if wanted:
            change_state(appointment=appointment, to=wanted, actor=Actor.STAFF, now=diary.now)
            past.append(wanted)
        elif len(past) > 1:
            undo(appointment=appointment, now=diary.now, by=staff, reason=REASON)
            past.pop()
        stored = Appointment.objects.get(pk=appointment.pk)
        assert stored.state == past[-1]
        assert stored.claims.count() == (past[-1] in lifecycle.LIVE)
        assert (last_step(stored) is None) is (len(past) == 1)
    transaction.savepoint_rollback(savepoint)
