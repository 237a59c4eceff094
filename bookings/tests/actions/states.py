"""Appointments in every state, reached as in life."""

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Patient
from bookings.tests.diary import Diary

WAYS: dict[State, list[State]] = {
    State.REQUESTED: [],
    State.CONFIRMED: [State.CONFIRMED],
    State.DECLINED: [State.DECLINED],
    State.CANCELLED: [State.CANCELLED],
    State.LAPSED: [State.LAPSED],
    State.ARRIVED: [State.CONFIRMED, State.ARRIVED],
    State.COMPLETED: [State.CONFIRMED, State.COMPLETED],
    State.NO_SHOW: [State.CONFIRMED, State.NO_SHOW],
}


def in_state(diary: Diary, state: State) -> Appointment:
    """An appointment tomorrow at ten in this state."""
    if state == State.HELD:
        return diary.hold(diary.at(1, 10))
    appointment = diary.request(diary.at(1, 10))
    for step in WAYS[state]:
        change_state(appointment=appointment, to=step, actor=Actor.STAFF, now=diary.now)
    return appointment


def made_someones(appointment: Appointment, diary: Diary) -> Appointment:
    """A hold with what it needs to leave that state, not saved yet."""
    if appointment.state == State.HELD:
        appointment.patient = Patient.objects.create(
            name="Ada Example", email="ada@example.com", phone="+4915112345678", language="en", created_at=diary.now
        )
        appointment.requested_at, appointment.held_until = diary.now, None
    return appointment
