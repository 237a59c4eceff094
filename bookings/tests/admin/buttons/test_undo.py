"""The last step is taken back with a reason."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Transition
from bookings.tests.admin.staff import page, press
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db

REASON = "The doctor asked on the phone"


def test_the_last_step_is_taken_back_with_a_reason(
    admin_client: Client, admin_user: User, diary: Diary, asked: Appointment
) -> None:
    change_state(appointment=asked, to=State.DECLINED, actor=Actor.STAFF, now=diary.now)
    assert "From “Declined” back to “Requested”." in page(admin_client, asked)
    body = press(admin_client, asked, "undo", reason="Wrong row").content.decode()
    assert "Taken back: Requested → Declined" in body
    asked.refresh_from_db()
    assert asked.state == State.REQUESTED
    line = Transition.objects.latest("pk")
    assert (line.user, line.reason) == (admin_user, "Wrong row")


def test_without_a_reason_nothing_is_taken_back(admin_client: Client, diary: Diary, asked: Appointment) -> None:
    change_state(appointment=asked, to=State.DECLINED, actor=Actor.STAFF, now=diary.now)
    assert "Say why" in press(admin_client, asked, "undo", reason=" ").content.decode()
    asked.refresh_from_db()
    assert asked.state == State.DECLINED


def test_a_time_that_someone_else_has_by_now_is_named_as_gone(
    admin_client: Client, diary: Diary, asked: Appointment
) -> None:
    change_state(appointment=asked, to=State.DECLINED, actor=Actor.STAFF, now=diary.now)
    diary.request(asked.starts_at, visitor="b", practitioner=asked.practitioner)
    body = press(admin_client, asked, "undo", reason="Wrong row").content.decode()
    assert "Its time has been given to someone else." in body


def test_a_request_offers_nothing_to_take_back(admin_client: Client, asked: Appointment) -> None:
    assert "Take the last step back" not in page(admin_client, asked)
    assert "no longer possible" in press(admin_client, asked, "undo", reason="Wrong row").content.decode()
