"""What an appointment may be, and the words to ask for some."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Transition
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


@contextmanager
def refused_by(name: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        yield


@pytest.mark.parametrize("change", [{"held_until": None}, {"requested_at": "now"}, {"state": State.CONFIRMED}])
def test_a_hold_has_an_end_and_nobody_behind_it(diary: Diary, change: dict[str, Any]) -> None:
    held = diary.hold(diary.at(1, 10))
    values = {field: diary.now if value == "now" else value for field, value in change.items()}
    with refused_by("appointment_held_or_someones"):
        Appointment.objects.filter(pk=held.pk).update(**values)


@pytest.mark.parametrize("state", [state for state in State if state != State.HELD])
@pytest.mark.parametrize("change", [{"held_until": "now"}, {"requested_at": None}, {"patient": None}])
def test_whatever_is_no_hold_is_someones(diary: Diary, state: State, change: dict[str, Any]) -> None:
    asked = diary.request(diary.at(1, 10))
    values = {field: diary.now if value == "now" else value for field, value in change.items()}
    Appointment.objects.filter(pk=asked.pk).update(state=state)
    with refused_by("appointment_held_or_someones"):
        Appointment.objects.filter(pk=asked.pk).update(**values)


def test_a_hold_is_never_someones(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    with refused_by("appointment_held_or_someones"):
        Appointment.objects.filter(pk=asked.pk).update(state=State.HELD)


def test_there_are_no_other_states(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    with refused_by("appointment_state_is_known"):
        Appointment.objects.filter(pk=asked.pk).update(state="maybe")


def test_it_ends_after_it_starts(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10))
    with refused_by("appointment_ends_after_start"):
        Appointment.objects.filter(pk=held.pk).update(ends_at=held.starts_at)


def test_a_reference_is_given_once(diary: Diary) -> None:
    first, second = diary.hold(diary.at(1, 10)), diary.hold(diary.at(1, 11), visitor="another")
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=second.pk).update(reference=first.reference)


def test_who_and_what_has_appointments_cannot_be_deleted(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    for owner in (asked.patient, asked.practitioner, asked.location, asked.treatment, asked.type):
        with pytest.raises(ProtectedError):
            owner.delete()


def test_waiting_requests_come_oldest_first(diary: Diary) -> None:
    diary.hold(diary.at(1, 9), visitor="only holding")
    second = diary.request(diary.at(1, 10), visitor="second")
    diary.now -= HOUR
    first = diary.request(diary.at(1, 12), visitor="first")
    answered = diary.request(diary.at(1, 14), visitor="answered")
    change_state(appointment=answered, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    assert list(Appointment.objects.waiting()) == [first, second]


def test_upcoming_are_the_booked_ones_from_now_on_in_order(diary: Diary) -> None:
    later = diary.request(diary.at(1, 12), visitor="later")
    sooner = diary.request(diary.at(1, 10), visitor="sooner")
    diary.request(diary.at(0, 12), visitor="today")
    cancelled = diary.request(diary.at(1, 14), visitor="cancelled")
    change_state(appointment=cancelled, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    change_state(appointment=later, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    diary.hold(diary.at(1, 15), visitor="only holding")
    assert list(Appointment.objects.upcoming(at=diary.at(1, 10))) == [sooner, later]
    assert list(Appointment.objects.upcoming(at=diary.at(1, 10, 1))) == [later]


def test_expired_holds_are_those_whose_last_moment_has_come(diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10), minutes=10)
    diary.request(diary.at(1, 11), visitor="another")
    end = diary.now + timedelta(minutes=10)
    assert list(Appointment.objects.expired_holds(at=end - timedelta(microseconds=1))) == []
    assert list(Appointment.objects.expired_holds(at=end)) == [held]


def test_what_a_visitor_holds_is_neither_anothers_nor_a_request(diary: Diary) -> None:
    diary.request(diary.at(1, 9), visitor="ada")
    held = diary.hold(diary.at(1, 10), visitor="ada")
    diary.hold(diary.at(1, 11), visitor="grace")
    assert list(Appointment.objects.held_by("ada")) == [held]


def test_its_times_are_those_of_the_locations_clock(diary: Diary) -> None:
    held = Appointment.objects.get(pk=diary.hold(diary.at(1, 10)).pk)
    assert (
        f"{held.local_start:%H:%M %Z}–{held.ends_at.astimezone(held.location.zone):%H:%M %Z}" == "10:00 CET–10:30 CET"
    )
    held.location.time_zone = "Asia/Tehran"
    assert f"{held.local_start:%H:%M}" == "12:30"


def test_its_link_is_in_the_language_of_whoever_asks(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    for language in ("en", "fa"):
        with translation.override(language):
            assert asked.patient_path().startswith(f"/{language}/appointments/{asked.reference}.")


@pytest.mark.parametrize("change", [{"actor": "a ghost"}, {"to_state": "maybe"}, {"from_state": "maybe"}])
def test_the_log_knows_states_and_actors_only(diary: Diary, change: dict[str, str]) -> None:
    line = diary.request(diary.at(1, 10)).transitions.get()
    with refused_by("transition_"):
        Transition.objects.filter(pk=line.pk).update(**change)
    assert str(line) == "Held → Requested"
