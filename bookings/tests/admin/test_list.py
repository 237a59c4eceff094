"""The list of appointments says what still has to be done about each, at the same cost for any number."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.enums import State
from bookings.models import Appointment, Course
from bookings.tests.admin.staff import LIST, address, answer, looker, member, signed_in
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now, people=2)


def rows(client: Client, query: str = "") -> list[Appointment]:
    return list(client.get(LIST + query).context["cl"].result_list)


def test_it_flags_open_questions_answers_to_review_and_sessions(admin_client: Client, diary: Diary) -> None:
    due, waits, fine = (diary.request(diary.at(1, hour), visitor=str(hour)) for hour in (9, 10, 11))
    answer(waits, diary.now, needs_review=True)
    answer(fine, diary.now)
    body = admin_client.get(LIST).content.decode()
    assert (body.count("screening due</span>"), body.count("review</span>")) == (1, 1)
    course = Course.objects.create(
        consultation=due,
        treatment=diary.treatment,
        type=diary.type,
        phase="First course",
        sessions=5,
        gap_from=7,
        created_at=diary.now,
    )
    Appointment.objects.filter(pk=fine.pk).update(course=course, session_number=2)
    assert "session 2 of 5" in admin_client.get(LIST).content.decode()


def test_it_can_be_narrowed_to_each_flag(admin_client: Client, diary: Diary) -> None:
    due, waits, fine = (diary.request(diary.at(1, hour), visitor=str(hour)) for hour in (9, 10, 11))
    answer(waits, diary.now, needs_review=True)
    answer(fine, diary.now)
    assert rows(admin_client, "?flag=screening_due") == [due]
    assert rows(admin_client, "?flag=review") == [waits]
    assert len(rows(admin_client, "?flag=nonsense")) == 3
    assert rows(admin_client, "?flag=too_early") == []
    fine.screenings.update(not_before=date(2026, 12, 20))
    Appointment.objects.filter(pk=fine.pk).update(state=State.CONFIRMED)
    assert rows(admin_client, "?flag=too_early&which=all") == [fine]
    assert "too early</span>" in admin_client.get(LIST + "?which=all").content.decode()


@pytest.mark.parametrize("query", ["", "?which=all", "?flag=review", "?flag=screening_due&which=all", "?q=Ada"])
def test_one_and_ten_cost_the_same(admin_client: Client, diary: Diary, query: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert rows(admin_client, query)
        return len(captured)

    def add(number: int) -> None:
        one = diary.request(diary.at(1, 9 + number // 2, 30 * (number % 2)), visitor=f"v{number}")
        answer(one, diary.now, needs_review=True)
        other = diary.request(diary.at(2, 9 + number // 2, 30 * (number % 2)), visitor=f"w{number}")
        course = Course.objects.create(
            consultation=one,
            treatment=diary.treatment,
            type=diary.type,
            phase="First course",
            sessions=5,
            gap_from=7,
            created_at=diary.now,
        )
        Appointment.objects.filter(pk=other.pk).update(course=course, session_number=1, state=State.REQUESTED)

    add(0)
    queries()
    one = queries()
    for number in range(1, 10):
        add(number)
    assert queries() == one


def test_it_leads_to_booking_by_phone_for_those_who_may(diary: Diary) -> None:
    assert "Book an appointment" in signed_in(member("view_appointment", "add_appointment")).get(LIST).content.decode()
    assert "Book an appointment" not in signed_in(looker()).get(LIST).content.decode()


def test_it_can_be_narrowed_to_each_state_that_appointments_have(admin_client: Client, diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    diary.hold(diary.at(2, 10))
    assert rows(admin_client, "?which=all&state__exact=requested") == [asked]
    body = admin_client.get(LIST).content.decode()
    assert "state__exact=confirmed" in body
    assert "state__exact=held" not in body


def test_names_without_a_translation_stand_in_the_clinics_language(admin_client: Client, diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    for path in (LIST, address(asked, "change"), address(asked, "move")):
        body = admin_client.get(path, headers={"accept-language": "fa"}).content.decode()
        for name in ("Facial rejuvenation", asked.practitioner.name_en, "Berlin"):
            assert name in body, (path, name)


def test_outsiders_see_no_list(diary: Diary) -> None:
    assert "/admin/login/" in Client().get(LIST)["Location"]
    assert signed_in(member()).get(LIST).status_code == 403
