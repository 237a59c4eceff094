"""Staff move an appointment: any free time, with a reason where a rule is in the way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Patient, Screening, Transition
from bookings.templatetags.diary import instant
from bookings.tests.admin.staff import address, answer, looker, member, page, press, signed_in
from bookings.tests.diary import Diary
from bookings.tests.planned import Planned

pytestmark = pytest.mark.django_db
REASON = "The doctor agreed"


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now, people=2)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    return diary.request(diary.at(1, 10))


def move_to(client: Client, asked: Appointment, start: datetime, **typed: Any) -> str:
    typed = {"start": instant(start), "seen": instant(asked.starts_at), **typed}
    return press(client, asked, "move", **typed).content.decode()


def start_of(asked: Appointment) -> datetime:
    return Appointment.objects.get(pk=asked.pk).starts_at


def test_two_weeks_of_free_times_are_shown_from_the_chosen_day(
    admin_client: Client, diary: Diary, asked: Appointment
) -> None:
    body = page(admin_client, asked, "move")
    assert "Tuesday 8 December" in body
    assert f'value="{instant(diary.at(1, 10))}"' in body
    later = admin_client.get(address(asked, "move"), {"day": "2027-03-01"}).content.decode()
    assert "Monday 1 March" in later
    assert "Tuesday 8 December" not in later


def test_a_day_before_today_or_beyond_all_horizons_shows_the_nearest_that_can_be(
    admin_client: Client, diary: Diary, asked: Appointment
) -> None:
    for day, shown in (("2001-01-01", "7 December"), ("2199-01-01", "2028")):
        assert shown in admin_client.get(address(asked, "move"), {"day": day}).content.decode()


def test_only_the_chosen_practitioners_times_are_shown(admin_client: Client, diary: Diary, asked: Appointment) -> None:
    person = diary.practitioners[1]
    diary.request(diary.at(1, 11), visitor="b", practitioner=person)
    path, taken = address(asked, "move"), f'value="{instant(diary.at(1, 11))}"'
    assert taken in admin_client.get(path).content.decode()
    assert taken not in admin_client.get(path, {"practitioner": person.pk}).content.decode()


def test_it_moves_without_notice_and_logs_who_and_why(
    admin_client: Client, admin_user: User, diary: Diary, asked: Appointment
) -> None:
    soon = diary.now + timedelta(minutes=30)
    assert "Done. The patient is told by a message." in move_to(admin_client, asked, soon, reason="Called")
    line = Transition.objects.latest("pk")
    assert start_of(asked) == line.moved_to == soon
    assert (line.user, line.reason, line.moved_from) == (admin_user, "Called", diary.at(1, 10))


def test_who_wishes_for_calls_is_to_be_told_and_nobody_of_a_time_that_stays(
    admin_client: Client, diary: Diary, asked: Appointment
) -> None:
    with time_machine.travel(diary.now + timedelta(minutes=1), tick=False):
        assert "Done.</li>" in move_to(admin_client, asked, asked.starts_at)
    Patient.objects.update(channel="phone")
    assert "This patient wishes for calls: please tell them." in move_to(admin_client, asked, diary.at(2, 11))


def test_it_can_go_to_someone_else(admin_client: Client, diary: Diary, asked: Appointment) -> None:
    other = next(person for person in diary.practitioners if person != asked.practitioner)
    move_to(admin_client, asked, diary.at(2, 11), practitioner=other.pk)
    assert Appointment.objects.get(pk=asked.pk).practitioner == other


def test_a_rule_is_shown_first_and_then_takes_a_reason(admin_client: Client, diary: Diary, asked: Appointment) -> None:
    answer(asked, diary.now)
    Screening.objects.update(not_before=diary.at(5, 10).date())
    body = move_to(admin_client, asked, diary.at(2, 11), reason=REASON)
    assert "The answers ask for a later time." in body
    assert "Move all the same" in body
    assert "The answers" in move_to(admin_client, asked, diary.at(2, 11), rules="wait")
    assert start_of(asked) == diary.at(1, 10)
    move_to(admin_client, asked, diary.at(2, 11), rules="wait", reason=REASON)
    assert start_of(asked) == diary.at(2, 11)
    assert Transition.objects.latest("pk").overrode == "wait"


def test_a_time_taken_meanwhile_is_said_and_the_old_one_stays(
    admin_client: Client, diary: Diary, asked: Appointment
) -> None:
    for number, person in enumerate(diary.practitioners):
        diary.request(diary.at(2, 11), visitor=f"v{number}", practitioner=person)
    assert "This time was taken meanwhile." in move_to(admin_client, asked, diary.at(2, 11))
    assert start_of(asked) == diary.at(1, 10)


def test_what_someone_else_moved_meanwhile_is_not_moved_again(
    admin_client: Client, diary: Diary, asked: Appointment
) -> None:
    move_to(admin_client, asked, diary.at(2, 11))
    assert "no longer possible" in move_to(admin_client, asked, diary.at(3, 11))
    assert start_of(asked) == diary.at(2, 11)


@pytest.mark.parametrize("typed", [{}, {"start": "soon"}, {"start": "20261210T1000Z", "seen": "x"}])
def test_without_a_time_it_asks_for_one(admin_client: Client, asked: Appointment, typed: dict[str, str]) -> None:
    assert "Choose one of the times below." in press(admin_client, asked, "move", **typed).content.decode()


def test_what_is_over_cannot_be_moved(admin_client: Client, diary: Diary, asked: Appointment) -> None:
    change_state(appointment=asked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    assert admin_client.get(address(asked, "move")).status_code == 403


def test_only_those_who_may_change_appointments_move_them(diary: Diary, asked: Appointment) -> None:
    path = address(asked, "move")
    typed = {"start": instant(diary.at(2, 11)), "seen": instant(asked.starts_at)}
    assert "/admin/login/" in Client().post(path, typed)["Location"]
    for client, status in ((signed_in(looker()), 403), (signed_in(member(name="nobody")), 404)):
        assert client.get(path).status_code == client.post(path, typed).status_code == status
    assert start_of(asked) == diary.at(1, 10)


def test_a_full_diary_costs_no_more_queries(admin_client: Client, diary: Diary, asked: Appointment) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(admin_client, asked, "move")
        return len(captured)

    queries()
    one = queries()
    for number in range(10):
        diary.request(diary.at(2, 9 + number // 2, 30 * (number % 2)), visitor=f"v{number}")
    assert queries() == one


def test_a_distance_of_the_plan_is_shown_before_it_is_broken(admin_client: Client, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        planned = Planned(now=now)
        booked = planned.book(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))
        to = planned.diary.at(11, 10)
        assert "It is not the plan’s distance" in move_to(admin_client, booked[1], to, reason=REASON)
        assert start_of(booked[1]) == planned.diary.at(8, 10)
        move_to(admin_client, booked[1], to, reason=REASON, rules="gap")
        assert start_of(booked[1]) == to
