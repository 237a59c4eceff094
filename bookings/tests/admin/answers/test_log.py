"""Each reading is logged, and nothing else is."""

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.models import AnswersRead, Appointment
from bookings.tests.admin.staff import LIST, READS, address, answer, page
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db


def test_each_reading_is_logged_with_who_when_and_whose(client: Client, diary: Diary, asked: Appointment) -> None:
    given = answer(asked, diary.now)
    for _again in range(2):
        page(client, asked, "answers")
    lines = AnswersRead.objects.all()
    assert {(line.user.username, line.screening, line.at) for line in lines} == {("doctor", given, diary.now)}
    assert len(lines) == 2
    log = client.get(READS).content.decode()
    assert log.count(asked.reference) == 2
    assert asked.patient.name in log


def test_what_is_not_shown_is_not_logged(client: Client, diary: Diary, asked: Appointment) -> None:
    answer(asked, diary.now)
    assert client.head(address(asked, "answers")).status_code == 405
    assert client.get(address(asked, "answers"), {"of": "999"}).status_code == 404
    assert not AnswersRead.objects.exists()


def test_answers_that_no_key_opens_are_said_kindly_and_not_logged(
    client: Client, diary: Diary, asked: Appointment, settings: object
) -> None:
    answer(asked, diary.now, needs_review=True)
    settings.HEALTH_KEYS = [Fernet.generate_key().decode()]
    body = page(client, asked, "answers")
    assert "These answers cannot be opened" in body
    assert "Reviewed: suitable" not in body
    assert not AnswersRead.objects.exists()


def test_the_log_costs_the_same_for_one_line_and_for_ten(client: Client, diary: Diary, asked: Appointment) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(READS).status_code == 200
        return len(captured)

    answer(asked, diary.now)
    page(client, asked, "answers")
    queries()
    one = queries()
    for _number in range(9):
        page(client, asked, "answers")
    assert queries() == one


def test_nobody_writes_the_log_by_hand(admin_client: Client, diary: Diary, asked: Appointment) -> None:
    answer(asked, diary.now)
    assert admin_client.get(READS + "add/").status_code == 403
    assert admin_client.get(LIST).status_code == 200
