"""Answers are read by those who treat and nobody else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import AnswersRead, Appointment, Course, Screening
from bookings.tests.admin.staff import READS, address, answer, page, press, reception, signed_in
from bookings.tests.diary import Diary
from clinic.models import Clinic
from treatments.tests.pages import sign_draft, translate

pytestmark = pytest.mark.django_db


def test_whoever_treats_reads_questions_answers_and_what_they_lead_to(
    client: Client, diary: Diary, asked: Appointment
) -> None:
    answer(asked, diary.now, reply="not_sure", needs_review=True)
    body = page(client, asked, "answers")
    for words in ("Are you pregnant?", "Not sure", "A clinician reviews it first", "Edition 1 of the page"):
        assert words in body


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
