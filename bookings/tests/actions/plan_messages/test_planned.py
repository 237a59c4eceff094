"""What hangs on a visit is planned when it is confirmed, as the clinic set it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bookings.actions.change import change_state
from bookings.actions.outbox import plan_messages
from bookings.enums import Actor, State
from bookings.models import Appointment, Consent, Message
from bookings.tests.actions.plan_messages.hanging import REMINDERS, local
from bookings.tests.answered import answered
from bookings.tests.diary import Diary
from bookings.tests.factories import ConsentTextFactory
from bookings.tests.messages import MINUTE, due
from clinic.models import Clinic

pytestmark = pytest.mark.django_db


def test_a_request_has_nothing_hanging_on_it(diary: Diary) -> None:
    assert due(diary.request(diary.at(9, 10))) == {}


def test_a_confirmed_visit_is_reminded_of_and_followed_up(confirmed: Appointment) -> None:
    planned = due(confirmed)
    assert planned["reminder:7d"] == local(9, 10)
    assert planned["reminder:2d"] == local(14, 10)
    assert planned["reminder:3h"] == local(16, 7), "in the quiet hours, but about today"
    assert planned["aftercare"] == local(16, 11, 30), "an hour for staff to note the true end"
    assert planned["check_in"] == local(17, 10, 30)


def test_whoever_never_agreed_to_the_use_of_their_data_is_not_asked_how_they_are(
    diary: Diary, confirmed: Appointment
) -> None:
    ConsentTextFactory(text="Another text.")
    plan_messages(confirmed, now=diary.now)
    assert "check_in" in due(confirmed), "they agreed to the text of their day"
    Consent.objects.all().delete()
    plan_messages(confirmed, now=diary.now)
    assert {"aftercare", "reminder:2d"} <= set(due(confirmed))
    assert "check_in" not in due(confirmed)


def test_the_clinic_says_which_reminders_there_are(diary: Diary) -> None:
    Clinic.objects.update(reminders="1d", check_in_hours=None)
    asked = diary.request(diary.at(9, 10))
    answered(asked)
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    assert set(due(asked)) & REMINDERS == set()
    assert due(asked)["reminder:1d"] == local(15, 10)
    assert "check_in" not in due(asked)


@pytest.mark.parametrize("count", [0, 30])
def test_planning_costs_the_same_however_many_messages_there_are(
    diary: Diary, confirmed: Appointment, count: int, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    Message.objects.bulk_create(
        Message(
            kind="reminder",
            event=f"other {number}",
            channel="email",
            language="en",
            patient=confirmed.patient,
            due_at=diary.now,
            created_at=diary.now,
        )
        for number in range(count)
    )
    with django_assert_max_num_queries(20):
        plan_messages(confirmed, now=diary.now + MINUTE)


def test_a_consultation_is_reminded_of_and_leaves_nothing_to_look_after(now: datetime) -> None:
    diary = Diary(now=now)
    asked = diary.request(diary.at(9, 10))
    answered(asked)
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    assert set(due(asked)) == REMINDERS
