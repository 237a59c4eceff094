"""A step that staff take back is put right where it was told, and no news where it was not."""

import pytest
from django.contrib.auth.models import User

from bookings.actions.move import Move, move
from bookings.actions.undo import undo
from bookings.enums import Actor, State
from bookings.models import Appointment
from bookings.tests.actions.tell.staff_say import staff_say
from bookings.tests.factories import Diary
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
