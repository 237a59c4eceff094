"""Promises 10 and 11: one appointment stays one, and the time that it leaves is free for others at once."""

from collections.abc import Callable

import pytest
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Claim
from bookings.templatetags.diary import instant
from bookings.tests.admin.staff import address
from bookings.tests.answered import answered
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.promises.reading import choose, day_page, double_bookings, free_times, seated, send, starts
from bookings.tests.rows import bookings
from bookings.tests.views.ways import DETAILS

MOVE = "Move it"


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """Wednesday at ten."""
    asked = diary.request(diary.at(2, 10))
    answered(asked)
    return asked


def to_move(asked: Appointment, diary: Diary, days: int, hour: int) -> Visitor:
    """On the page that asks once more, in a browser of its own."""
    path = f"{asked.patient_path()}move/"
    return choose(day_page(Visitor(), diary.at(days, 0).date(), path), diary.at(days, hour), path)


def only_one_at(asked: Appointment, diary: Diary, days: int, hour: int) -> None:
    one = Appointment.objects.get()
    start = diary.at(days, hour)
    assert (one.pk, one.reference, one.starts_at) == (asked.pk, asked.reference, start)
    assert [claim.starts_at for claim in Claim.objects.all()] == [start]


def test_promise_10_a_link_used_twice_moves_the_one_appointment_and_makes_no_second(
    asked: Appointment, diary: Diary
) -> None:
    """Two windows, pressed twice each: for the same time, for another, and for one that was seen before the move."""
    first, again, older = (to_move(asked, diary, *when) for when in ((3, 14), (3, 14), (4, 9)))
    forms = [visitor.main.form_with(MOVE)[0] for visitor in (first, again, older)]
    assert first.press(MOVE).path == f"{asked.patient_path()}?done=moved"
    only_one_at(asked, diary, 3, 14)
    before = bookings()
    for form in (forms[0], forms[1], forms[0]):
        assert Client().post(form.get("action"), form.fields()).status_code == 302
        assert bookings() == before
    # Who had another window open sees first that it was moved.
    assert older.press(MOVE).status == 409
    assert bookings() == before
    assert to_move(asked, diary, 4, 9).press(MOVE).path == f"{asked.patient_path()}?done=moved"
    only_one_at(asked, diary, 4, 9)
    # And whatever was sent long ago does not bring it back.
    Client().post(forms[0].get("action"), forms[0].fields())
    only_one_at(asked, diary, 4, 9)


def by_patient(asked: Appointment, diary: Diary, staff: Client) -> None:
    assert to_move(asked, diary, 3, 14).press(MOVE).status == 200


def by_staff(asked: Appointment, diary: Diary, staff: Client) -> None:
    sent = {"start": instant(diary.at(3, 14)), "seen": instant(asked.starts_at)}
    assert staff.post(address(asked, "move"), sent).status_code == 302


@pytest.mark.parametrize("way", [by_patient, by_staff])
def test_promise_11_the_old_time_is_free_at_once_for_the_next_and_the_new_one_is_taken(
    asked: Appointment, diary: Diary, staff: Client, way: Callable[[Appointment, Diary, Client], None]
) -> None:
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    old, new = diary.at(2, 10), diary.at(3, 14)
    eve = seated(diary)
    assert old not in starts(day_page(eve, old.date()))
    assert (free_times(eve)[9], free_times(eve)[10]) == (15, 16)
    way(asked, diary, staff)
    assert old in starts(day_page(eve, old.date()))
    assert (free_times(eve)[9], free_times(eve)[10]) == (16, 15)
    assert new not in starts(day_page(eve, new.date()))
    assert choose(eve, old).path == DETAILS
    send(eve, name="Eve")
    taken = dict(Appointment.objects.values_list("starts_at", "state"))
    assert taken == {new: State.CONFIRMED, old: State.REQUESTED}
    assert not double_bookings()
