"""A step that staff take back is put right where it was told, and no news where it was not."""

import pytest
from django.contrib.auth.models import User

from bookings.actions.move import Move, move
from bookings.actions.undo import undo
from bookings.enums import Actor, State
from bookings.models import Appointment
from bookings.tests.actions.tell.staff_say import staff_say
from bookings.tests.diary import Diary
from bookings.tests.messages import MINUTE, of, send_all, staff, waiting

pytestmark = pytest.mark.django_db


def test_a_step_taken_back_before_it_was_said_is_no_news(diary: Diary, asked: Appointment) -> None:
    vera = User.objects.create_user("vera")
    send_all(of(asked), at=diary.now)
    staff_say(asked, State.DECLINED, diary.now)
    undo(appointment=asked, now=diary.now + MINUTE, by=vera, reason="Wrong line")
    assert waiting(of(asked)) == []
    assert waiting(staff(asked)) == ["staff_waiting"]


def test_a_step_taken_back_after_it_was_said_is_put_right(diary: Diary, asked: Appointment) -> None:
    vera = User.objects.create_user("vera")
    staff_say(asked, State.CONFIRMED, diary.now)
    staff_say(asked, State.CANCELLED, diary.now + MINUTE)
    send_all(of(asked), at=diary.now + MINUTE)
    undo(appointment=asked, now=diary.now + 2 * MINUTE, by=vera, reason="Wrong line")
    assert waiting(of(asked))[0] == "confirmed"


def test_that_somebody_came_after_all_is_no_news_to_them(diary: Diary, asked: Appointment) -> None:
    vera = User.objects.create_user("vera")
    staff_say(asked, State.CONFIRMED, diary.now)
    move(moves=[Move(asked, diary.at(3, 11))], actor=Actor.STAFF, now=diary.now)
    send_all(of(asked), at=diary.now)
    staff_say(asked, State.NO_SHOW, diary.at(3, 12))
    undo(appointment=asked, now=diary.at(3, 12), by=vera, reason="She was in the other room")
    assert [kind for kind in waiting(of(asked)) if kind in ("confirmed", "moved")] == []


def test_a_move_that_was_never_told_is_told_with_the_next_word(diary: Diary, asked: Appointment) -> None:
    vera = User.objects.create_user("vera")
    staff_say(asked, State.CONFIRMED, diary.now)
    send_all(of(asked), at=diary.now)
    for minute in (1, 2):
        now = diary.at(0, 22, minute)
        if minute == 1:
            move(moves=[Move(asked, diary.at(4, 10))], actor=Actor.STAFF, now=now)
        else:
            staff_say(asked, State.CANCELLED, now)
    undo(appointment=asked, now=diary.at(0, 22, 3), by=vera, reason="Wrong line")
    told = [kind for kind in waiting(of(asked)) if kind in ("moved", "cancelled", "confirmed")]
    assert told == ["confirmed"]


def test_a_patient_told_of_a_move_is_not_told_the_same_again(diary: Diary, asked: Appointment) -> None:
    vera = User.objects.create_user("vera")
    staff_say(asked, State.CONFIRMED, diary.now)
    move(moves=[Move(asked, diary.at(4, 10))], actor=Actor.STAFF, now=diary.now + MINUTE)
    send_all(of(asked), at=diary.now + MINUTE)
    asked.refresh_from_db()
    staff_say(asked, State.CANCELLED, diary.at(0, 22))
    undo(appointment=asked, now=diary.at(0, 22, 5), by=vera, reason="Wrong line")
    assert [kind for kind in waiting(of(asked)) if kind in ("moved", "cancelled", "confirmed")] == []


@pytest.fixture
def doctor(diary: Diary) -> User:
    person = diary.practitioner
    person.user = User.objects.create_user("doctor", "doctor@clinic.example")
    person.save()
    return person.user


@pytest.mark.parametrize("told", [False, True])
def test_whoever_treats_hears_of_a_confirmation_taken_back_only_if_they_had_heard_of_it(
    diary: Diary, asked: Appointment, doctor: User, told: bool
) -> None:
    asked.refresh_from_db()
    vera = User.objects.create_user("vera")
    staff_say(asked, State.CONFIRMED, diary.at(0, 22))
    if told:
        send_all(staff(asked), at=diary.at(1, 8))
    undo(appointment=asked, now=diary.at(1, 8, 5), by=vera, reason="Wrong line")
    assert waiting(staff(asked)).count("staff_diary") == int(told)


def test_whoever_treats_does_not_hear_of_a_cancellation_taken_back_before_it_was_said(
    diary: Diary, asked: Appointment, doctor: User
) -> None:
    asked.refresh_from_db()
    vera = User.objects.create_user("vera")
    staff_say(asked, State.CONFIRMED, diary.now)
    send_all(staff(asked), at=diary.now)
    staff_say(asked, State.CANCELLED, diary.at(0, 22))
    assert "staff_diary" in waiting(staff(asked))
    undo(appointment=asked, now=diary.at(0, 22, 5), by=vera, reason="Wrong line")
    assert "staff_diary" not in waiting(staff(asked))
