"""Booking for someone who calls: staff choose the time, and the same rules hold."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from bookings.actions.booking import Contact, keep_patient
from bookings.actions.change import change_state
from bookings.actions.claims import lock_for
from bookings.actions.hold import hold_one
from bookings.actions.overlaps import overlap_is_slot_taken
from bookings.enums import Actor, State
from bookings.exceptions import ChangedMeanwhile
from bookings.models import Appointment, Course, Patient
from bookings.queries.courses import progress
from bookings.queries.wish import Wish
from treatments.models import Treatment

VISITOR = "by phone"


@dataclass(frozen=True)
class Place:
    """Which session of a course an appointment is; `number` from 1."""

    course: Course
    number: int


def book_by_phone(
    *,
    wish: Wish,
    treatment: Treatment,
    start: datetime,
    patient: Patient | Contact,
    by: User,
    now: datetime,
    needs: Sequence[str] = (),
    place: Place | None = None,
    confirm: bool = False,
    reason: str = "",
    override: bool = False,
) -> Appointment:
    """Book `start` (aware) for someone on the phone: a request, or confirmed at once.

    The birth date of a known patient is saved with it. Raises SlotTaken, ChangedMeanwhile if that session of the course
    was booked meanwhile, and Obstructed by the rules of `change_state`, which staff override with a reason.
    """
    with overlap_is_slot_taken(), session_is_booked(), transaction.atomic():
        lock_for(wish.type, wish.location, wish.people)
        if place and place.number not in progress(place.course, now=now).missing:
            raise ChangedMeanwhile
        appointment = hold_one(
            wish,
            treatment,
            start,
            None,
            now,
            now,
            visitor=VISITOR,
            course=place.course if place else None,
            number=place.number if place else 1,
        )
        if isinstance(patient, Patient):
            patient.save(update_fields=["birth_date"])
        appointment.patient = patient if isinstance(patient, Patient) else keep_patient(patient, now=now)
        appointment.needs = list(needs)
        appointment.save(update_fields=["needs"])
        appointment.held_until, appointment.requested_at = None, now
        change_state(
            appointment=appointment,
            to=State.CONFIRMED if confirm else State.REQUESTED,
            actor=Actor.STAFF,
            by=by,
            now=now,
            reason=reason,
            override=override,
        )
    return appointment


@contextmanager
def session_is_booked() -> Iterator[None]:
    """Raises ChangedMeanwhile where the database refuses a second appointment for one session of a course."""
    try:
        yield
    except IntegrityError as error:
        if "appointment_session_once_a_course" in str(error):
            raise ChangedMeanwhile from error
        raise
