"""Confirming stops at rules, which staff override with a reason."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from bookings.actions.move import Move, move
from bookings.enums import Actor, State
from bookings.models import Appointment, Transition
from bookings.tests.admin.staff import answer, page, press
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db

REASON = "The doctor asked on the phone"


def test_the_page_says_in_words_why_it_cannot_be_confirmed(admin_client: Client, asked: Appointment) -> None:
    body = page(admin_client, asked)
    assert "Why it cannot be confirmed yet" in body
    assert "The questions before the visit have not been answered." in body
    assert "Confirm all the same" in body
    assert "Decline" in body


def test_without_rules_the_button_just_confirms(admin_client: Client, asked: Appointment, now: datetime) -> None:
    answer(asked, now)
    assert "Why it cannot be confirmed yet" not in page(admin_client, asked)
    press(admin_client, asked, "state", to="confirmed")
    asked.refresh_from_db()
    assert asked.state == State.CONFIRMED


@pytest.mark.parametrize(
    "typed", [{}, {"reason": REASON}, {"rules": "screening"}, {"reason": "  ", "rules": "screening"}]
)
def test_a_rule_is_only_overridden_with_a_reason_and_once_it_was_shown(
    admin_client: Client, asked: Appointment, typed: dict[str, str]
) -> None:
    body = press(admin_client, asked, "state", to="confirmed", **typed).content.decode()
    assert "It cannot be confirmed yet." in body
    asked.refresh_from_db()
    assert asked.state == State.REQUESTED


def test_a_rule_that_came_later_is_shown_before_it_is_overridden(
    admin_client: Client, asked: Appointment, now: datetime
) -> None:
    answer(asked, now, needs_review=True)
    press(admin_client, asked, "state", to="confirmed", reason=REASON, rules="screening")
    asked.refresh_from_db()
    assert asked.state == State.REQUESTED


def test_an_override_is_in_the_log_with_who_why_and_the_rule_in_words(
    admin_client: Client, admin_user: User, asked: Appointment
) -> None:
    body = press(admin_client, asked, "state", to="confirmed", reason=REASON, rules="screening").content.decode()
    line = Transition.objects.latest("pk")
    assert (line.to_state, line.user, line.reason, line.overrode) == ("confirmed", admin_user, REASON, "screening")
    assert REASON in body
    assert "The questions before the visit have not been answered." in body


def test_the_log_shows_a_move_on_the_clock_of_the_location(
    admin_client: Client, diary: Diary, asked: Appointment
) -> None:
    move(moves=[Move(asked, diary.at(2, 11))], actor=Actor.STAFF, now=diary.now)
    assert "Moved from Tue 8 Dec 2026, 10:00 CET to Wed 9 Dec 2026, 11:00 CET" in page(admin_client, asked)
