"""Answers are read by those who treat and nobody else, and each reading is logged."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import AnswersRead, Appointment, Course, Screening
from bookings.tests.admin.staff import LIST, address, answer, doctor, page, press, reception, signed_in
from bookings.tests.factories import Diary
from clinic.models import Clinic
from treatments.tests.factories import sign_draft, translate

pytestmark = pytest.mark.django_db
READS = "/admin/bookings/answersread/"


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    return diary.request(diary.at(1, 10))


@pytest.fixture
def client(diary: Diary) -> Client:
    return signed_in(doctor(diary))


def test_whoever_treats_reads_questions_answers_and_what_they_lead_to(
    client: Client, diary: Diary, asked: Appointment
) -> None:
    answer(asked, diary.now, reply="not_sure", needs_review=True)
    body = page(client, asked, "answers")
    for words in ("Are you pregnant?", "Not sure", "A clinician reviews it first", "Edition 1 of the page"):
        assert words in body


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


def test_running_the_site_is_not_enough(admin_client: Client, diary: Diary, asked: Appointment) -> None:
    answer(asked, diary.now, needs_review=True)
    assert "/answers/" not in page(admin_client, asked)
    assert admin_client.get(address(asked, "answers")).status_code == 403
    assert press(admin_client, asked, "review", screening=1).status_code == 403
    assert not AnswersRead.objects.exists()


def test_the_desk_and_strangers_read_nothing_and_review_nothing(diary: Diary, asked: Appointment) -> None:
    given = answer(asked, diary.now, needs_review=True)
    desk = reception()
    for who in (Client(), signed_in(desk)):
        for end in ("answers", "review"):
            response = who.get(address(asked, end)) if end == "answers" else who.post(address(asked, end))
            assert response.status_code in {302, 403}
            assert b"pregnant" not in response.content
    assert signed_in(desk).get(READS).status_code == 403
    desk.user_permissions.add(Permission.objects.get(codename="read_answers"))
    assert signed_in(desk).get(address(asked, "answers")).status_code == 403
    given.refresh_from_db()
    assert not given.reviewed_at
    assert not AnswersRead.objects.exists()


def test_who_no_longer_works_here_no_longer_reads(client: Client, diary: Diary, asked: Appointment) -> None:
    answer(asked, diary.now)
    diary.practitioner.is_active = False
    diary.practitioner.save()
    assert client.get(address(asked, "answers")).status_code == 403


def test_a_review_lets_the_request_be_confirmed(client: Client, diary: Diary, asked: Appointment) -> None:
    given = answer(asked, diary.now, reply="not_sure", needs_review=True)
    assert "A clinician has not reviewed the answers yet." in page(client, asked)
    assert "Reviewed: suitable" in page(client, asked, "answers")
    assert "Reviewed." in press(client, asked, "review", screening=given.pk).content.decode()
    given.refresh_from_db()
    assert (given.reviewed_by.username, given.reviewed_at) == ("doctor", diary.now)
    assert "Reviewed: suitable" not in page(client, asked, "answers")
    press(client, asked, "state", to="confirmed")
    asked.refresh_from_db()
    assert asked.state == State.CONFIRMED


@pytest.mark.parametrize("key", ["", "x", "999"])
def test_only_answers_of_this_appointment_are_reviewed(
    client: Client, diary: Diary, asked: Appointment, key: str
) -> None:
    other = answer(diary.request(diary.at(2, 10), visitor="b"), diary.now, needs_review=True)
    for wanted in (key, other.pk):
        assert press(client, asked, "review", screening=wanted).status_code == 404
    other.refresh_from_db()
    assert not other.reviewed_at


def test_earlier_answers_are_read_one_by_one(client: Client, diary: Diary, asked: Appointment) -> None:
    earlier = answer(asked, diary.now - timedelta(hours=2), reply="yes")
    latest = answer(asked, diary.now)
    body = page(client, asked, "answers")
    assert f"?of={earlier.pk}" in body
    assert "Not now" not in body
    assert "Not now" in client.get(address(asked, "answers"), {"of": earlier.pk}).content.decode()
    read = AnswersRead.objects.order_by("pk").values_list("screening", flat=True)
    assert list(read) == [latest.pk, earlier.pk]


def test_a_later_session_shows_the_answers_of_its_course(client: Client, diary: Diary, asked: Appointment) -> None:
    for state in (State.CONFIRMED, State.COMPLETED):
        change_state(
            appointment=asked, to=state, actor=Actor.STAFF, now=diary.now, reason="Came without", override=True
        )
    course = Course.objects.create(
        consultation=asked,
        treatment=diary.treatment,
        type=diary.type,
        phase="First course",
        sessions=2,
        gap_from=7,
        created_at=diary.now,
    )
    session = diary.request(diary.at(2, 10))
    Appointment.objects.filter(pk=session.pk).update(course=course, session_number=2)
    assert client.get(address(session, "answers")).status_code == 404
    given = answer(asked, diary.now)
    assert "Are you pregnant?" in page(client, session, "answers")
    assert AnswersRead.objects.get().screening == given


def test_answers_that_no_key_opens_are_said_kindly_and_not_logged(
    client: Client, diary: Diary, asked: Appointment, settings: object
) -> None:
    answer(asked, diary.now, needs_review=True)
    settings.HEALTH_KEYS = [Fernet.generate_key().decode()]
    body = page(client, asked, "answers")
    assert "These answers cannot be opened" in body
    assert "Reviewed: suitable" not in body
    assert not AnswersRead.objects.exists()


def test_a_question_asked_in_another_language_also_stands_in_the_clinics(
    client: Client, diary: Diary, asked: Appointment
) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    translate(diary.treatment, "fa")
    sign_draft(diary.treatment, now=diary.now, language="fa")
    answer(asked, diary.now)
    assert Screening.objects.get().edition.language == "fa"
    body = page(client, asked, "answers")
    assert "fa: Are you pregnant?" in body
    assert "<br>Are you pregnant?" in body


def test_nothing_of_the_answers_is_in_the_database_as_it_is(diary: Diary, asked: Appointment) -> None:
    answer(asked, diary.now, reply="not_sure")
    assert "not_sure" not in Screening.objects.get().answers


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
