"""The desk and whoever treats hear of what others did."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from bookings.actions.cancel import cancel
from bookings.actions.move import Move, move
from bookings.enums import Actor, Channel, MessageKind, MessageState, State
from bookings.models import Appointment
from bookings.tests.actions.tell.staff_say import staff_say
from bookings.tests.diary import Diary
from bookings.tests.factories import ClosureFactory
from bookings.tests.messages import of, staff, waiting

pytestmark = pytest.mark.django_db


def test_a_request_is_acknowledged_at_once_and_the_clinic_hears_of_it(diary: Diary, asked: Appointment) -> None:
    [told] = of(asked)
    assert (told.kind, told.due_at, told.not_after) == (MessageKind.REQUESTED, diary.now, asked.starts_at)
    assert (told.patient, told.channel, told.language) == (asked.patient, Channel.EMAIL, "en")
    new, late = staff(asked)
    assert (new.kind, new.due_at, new.patient, new.practitioner) == ("staff_request", diary.now, None, None)
    assert (late.kind, late.due_at) == ("staff_waiting", diary.now + timedelta(days=1))


def test_a_request_kept_waiting_over_a_closed_day_and_a_weekend_is_late_after_them(diary: Diary) -> None:
    ClosureFactory(location=diary.location, first_day=diary.at(1, 0).date(), last_day=diary.at(4, 0).date())
    asked = diary.request(diary.at(9, 10))
    assert staff(asked).get(kind="staff_waiting").due_at == diary.at(7, 9)


def test_whoever_treats_hears_of_their_diary_unless_they_changed_it(diary: Diary, asked: Appointment) -> None:
    doctor = User.objects.create_user("doctor", "doctor@clinic.example")
    person = diary.practitioner
    person.user = doctor
    person.save()
    asked.refresh_from_db()
    staff_say(asked, State.CONFIRMED, diary.now, by=doctor)
    assert waiting(staff(asked)) == []
    asked.refresh_from_db()
    cancel(appointment=asked, now=diary.now)
    [told] = staff(asked).filter(state=MessageState.WAITING)
    assert (told.kind, told.practitioner) == ("staff_diary", person)


def test_a_practitioner_reads_of_three_moves_once(diary: Diary, asked: Appointment) -> None:
    person = diary.practitioner
    person.user = User.objects.create_user("doctor", "doctor@clinic.example")
    person.save()
    for hour in (11, 12, 13):
        move(moves=[Move(asked, diary.at(3, hour))], actor=Actor.PATIENT, now=diary.at(0, 22, hour))
    assert waiting(staff(asked)).count("staff_diary") == 1


def test_without_an_address_of_the_practitioner_the_desk_reads_what_patients_change(
    diary: Diary, asked: Appointment
) -> None:
    staff_say(asked, State.CONFIRMED, diary.now)
    assert "staff_diary" not in waiting(staff(asked)), "the desk did it"
    cancel(appointment=asked, now=diary.now)
    told = staff(asked).get(kind="staff_diary")
    assert (told.practitioner, told.patient) == (None, None)


def test_without_addresses_the_desk_reads_who_lost_and_who_got_what_a_patient_moved(now: datetime) -> None:
    diary = Diary(now=now, signed=False, least_notice_hours=0, people=2)
    asked = diary.request(diary.at(3, 10))
    other = next(person for person in diary.practitioners if person != asked.practitioner)
    before = asked.practitioner
    move(moves=[Move(asked, diary.at(3, 11), other)], actor=Actor.PATIENT, now=diary.now)
    told = staff(asked).filter(kind="staff_diary", state=MessageState.WAITING)
    assert {one.event.partition(", ")[2] for one in told} == {f"diary {before.pk}", f"diary {other.pk}"}
