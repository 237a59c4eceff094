"""What can be done from the page, until when, and what it says was done."""

from datetime import timedelta

import pytest
import time_machine

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment
from bookings.tests.actions.states import WAYS
from bookings.tests.answered import answered
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from clinic.enums import LateChanges
from clinic.models import Clinic


def test_before_the_visit_it_can_be_moved_and_cancelled(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    for _ in range(2):
        visitor.get(asked.patient_path())
        assert visitor.main.link("Move it to another time") == f"{asked.patient_path()}move/"
        assert visitor.main.link("Cancel it") == f"{asked.patient_path()}cancel/"
        if asked.state == State.REQUESTED:
            change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)


def test_until_it_is_late_and_then_by_phone(
    asked: Appointment, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    assert "here until Monday 7 December, 10:00" in visitor.get(asked.patient_path()).main.text
    clock.move_to(asked.starts_at - timedelta(hours=24))
    visitor.get(asked.patient_path())
    assert "Please call us, we will find a way: +49 30 23125001" in visitor.main.text
    assert "Move it" not in visitor.main.text
    Clinic.objects.update(late_changes=LateChanges.ALLOWED)
    visitor.get(asked.patient_path())
    assert "Move it" in visitor.main.text
    assert "here until" not in visitor.main.text


@pytest.mark.parametrize(
    "state", [State.DECLINED, State.CANCELLED, State.LAPSED, State.ARRIVED, State.COMPLETED, State.NO_SHOW]
)
def test_and_not_once_it_is_over_or_given_up(asked: Appointment, visitor: Visitor, diary: Diary, state: State) -> None:
    for step in WAYS[state]:
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    visitor.get(asked.patient_path())
    assert not {"Move it to another time", "Cancel it"} & {link.text for link in visitor.main.all("a")}


def test_nor_once_it_has_begun(asked: Appointment, visitor: Visitor, clock: time_machine.Traveller) -> None:
    clock.move_to(asked.starts_at)
    assert "Cancel it" not in visitor.get(asked.patient_path()).main.text


def test_answers_that_a_clinician_must_look_at_are_named(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    assert "looks at your answers" not in visitor.get(asked.patient_path()).main.text
    answered(asked, needs_review=True, answered_at=diary.now + timedelta(minutes=1))
    assert "A clinician looks at your answers first." in visitor.get(asked.patient_path()).main.text


def test_what_the_address_says_was_done_is_taken_only_from_a_short_list(asked: Appointment, visitor: Visitor) -> None:
    assert "Your appointment is moved." in visitor.get(f"{asked.patient_path()}?done=moved").main.text
    for made_up in ("changed", "<b>", "paid"):
        assert not visitor.get(f"{asked.patient_path()}?done={made_up}").main.all("div", class_="notice")
