"""What a patient answered is read by those who treat, and each reading is logged."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.test import Client

from bookings.care.check_in import Answers
from bookings.models import AnswersRead
from bookings.tests.admin.check_ins.given import CHECK_INS, called, order, page, said, signs
from bookings.tests.admin.staff import LIST
from bookings.tests.after_visit import FINE, WORSE
from bookings.tests.diary import Diary
from treatments.tests.pages import sign_draft, translate

pytestmark = pytest.mark.django_db


def test_who_treats_reads_the_signs_and_each_reading_is_logged(diary: Diary, doctor: Client) -> None:
    given = said(diary, Answers(signs(diary)[:1], WORSE.feeling))
    for _again in range(2):
        body = page(doctor, given)
    assert "Trouble breathing" in body
    assert "Worse than I expected" in body
    lines = AnswersRead.objects.all()
    assert [(line.check_in, line.screening, line.user.username, line.at) for line in lines] == [
        (given, None, "doctor", diary.now)
    ] * 2
    log = doctor.get("/admin/bookings/answersread/").content.decode()
    assert log.count(given.appointment.reference) == 2
    assert "Ada Example" in log


def test_what_is_not_shown_is_not_logged(diary: Diary, doctor: Client, settings: Any) -> None:
    given = said(diary, Answers(signs(diary)))
    doctor.head(f"{CHECK_INS}{given.pk}/change/")
    doctor.get(CHECK_INS)
    settings.HEALTH_KEYS = [Fernet.generate_key().decode()]
    assert "These answers cannot be opened" in page(doctor, given)
    assert not AnswersRead.objects.exists()


def test_a_sign_ticked_in_another_language_also_stands_in_the_clinics(diary: Diary, doctor: Client) -> None:
    translate(diary.treatment, "fa")
    sign_draft(diary.treatment, now=diary.now, language="fa")
    given = said(diary, Answers(signs(diary, "fa")[:1]), ago=timedelta(0))
    body = page(doctor, given)
    assert "<bdi>fa: Trouble breathing</bdi>" in body
    assert "<br>Trouble breathing" in body


def test_running_the_site_is_not_enough_to_read(diary: Diary, admin_client: Client) -> None:
    assert "Trouble breathing" not in page(admin_client, said(diary, Answers(signs(diary))))
    assert not AnswersRead.objects.exists()


def test_a_practitioner_sees_their_own_patients_only(diary: Diary, doctor: Client) -> None:
    own = said(diary, Answers(signs(diary)), practitioner=diary.practitioners[0], visitor="a")
    others = said(diary, Answers(signs(diary)), practitioner=diary.practitioners[1], visitor="b")
    assert order(doctor) == [own.pk]
    assert doctor.get(f"{CHECK_INS}{others.pk}/change/").status_code == 302
    assert called(doctor, others).status_code == 404
    assert "1 call-back due" in doctor.get(LIST).content.decode()
    others.refresh_from_db()
    assert not others.called_at


def test_nobody_writes_or_removes_answers_by_hand(diary: Diary, admin_client: Client) -> None:
    given = said(diary, FINE)
    assert admin_client.get(f"{CHECK_INS}add/").status_code == 403
    assert admin_client.get(f"{CHECK_INS}{given.pk}/delete/").status_code == 403
