"""Call-backs come first; what a patient answered is read by those who treat, and each reading is logged."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.actions.check_in import answer_check_in
from bookings.actions.roles import make_roles
from bookings.care.check_in import Answers, Sign
from bookings.models import AnswersRead, Appointment, CheckIn
from bookings.queries.care_pages import signs_of
from bookings.queries.visits import reading_of
from bookings.tests.admin.staff import LIST, member, signed_in, someone
from bookings.tests.after_visit import FINE, WORSE, visited
from bookings.tests.factories import Diary
from clinic.models import Clinic
from treatments.tests.factories import sign_draft, translate

pytestmark = pytest.mark.django_db
CHECK_INS = "/admin/bookings/checkin/"
HOUR = timedelta(hours=1)


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        make_roles()
        yield Diary(now=now, people=2)


@pytest.fixture
def desk(diary: Diary) -> Client:
    return signed_in(someone("Receptionist", name="desk"))


@pytest.fixture
def doctor(diary: Diary) -> Client:
    return signed_in(someone("Practitioner", diary, name="doctor"))


def signs(diary: Diary, language: str = "en") -> tuple[Sign, ...]:
    reading = reading_of(Appointment(treatment=diary.treatment), Clinic.objects.get(), language=language, at=diary.now)
    return tuple(signs_of(reading.page))


def said(diary: Diary, answers: Answers, *, ago: timedelta = HOUR, **values: Any) -> CheckIn:
    visit = visited(diary, **values)
    return answer_check_in(appointment=visit, answers=answers, now=diary.now - ago)


def page(client: Client, given: CheckIn) -> str:
    return client.get(f"{CHECK_INS}{given.pk}/change/").content.decode()


def called(client: Client, given: CheckIn, seen: str | None = None) -> HttpResponse:
    path = reverse("admin:bookings_checkin_called", args=[given.pk])
    return client.post(path, {"seen": given.fingerprint if seen is None else seen}, follow=True)


def order(client: Client, query: str = "") -> list[int]:
    response = client.get(CHECK_INS + query)
    return [one.pk for one in response.context["cl"].result_list]


def test_call_backs_stand_first_the_longest_waiting_on_top(diary: Diary, desk: Client) -> None:
    red = Answers(signs(diary)[:1])
    older, newer = said(diary, FINE, ago=2 * HOUR, visitor="a"), said(diary, WORSE, ago=HOUR, visitor="b")
    waits, waited = said(diary, red, ago=HOUR, visitor="c"), said(diary, red, ago=2 * HOUR, visitor="d")
    assert order(desk) == [waited.pk, waits.pk, newer.pk, older.pk]
    assert order(desk, "?call=due") == [waited.pk, waits.pk]
    called(desk, waited)
    assert order(desk) == [waits.pk, newer.pk, waited.pk, older.pk]
    assert order(desk, "?call=done") == [waited.pk]


def test_for_those_who_treat_an_emergency_stands_before_what_has_waited_longer(
    diary: Diary, desk: Client, doctor: Client
) -> None:
    emergency, clinic = signs(diary)
    lesser = said(diary, Answers((clinic,)), ago=2 * HOUR, visitor="a")
    urgent = said(diary, Answers((emergency,)), ago=HOUR, visitor="b")
    assert order(doctor) == [urgent.pk, lesser.pk]
    assert order(desk) == [lesser.pk, urgent.pk], "the answers are not for them to know"
    assert not AnswersRead.objects.exists()
    CheckIn.objects.filter(pk=urgent.pk).update(answers="of another key")
    assert order(doctor) == [lesser.pk, urgent.pk]


def test_the_desk_calls_and_notes_it_without_reading_the_answers(diary: Diary, desk: Client) -> None:
    given = said(diary, Answers(signs(diary)))
    body = page(desk, given)
    for shown in ("Please call this patient", "tel:+49-1511-2345678", "Ada Example"):
        assert shown in body
    for sign in signs(diary):
        assert sign.words not in body
    assert not AnswersRead.objects.exists()
    assert "Noted: the patient was called." in called(desk, given).content.decode()
    given.refresh_from_db()
    assert (given.called_by.username, given.called_at) == ("desk", diary.now)
    assert "Please call this patient" not in page(desk, given)


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


def test_strangers_and_lookers_note_nothing(diary: Diary) -> None:
    given = said(diary, Answers(signs(diary)))
    looker = member("view_appointment", "view_patient", "view_checkin")
    outsider = User.objects.create_user("outsider", password="x", is_staff=True)
    for client, status in ((Client(), 200), (signed_in(looker), 403), (signed_in(outsider), 404)):
        response = called(client, given)
        assert response.status_code in {status, 403}
        assert "Noted" not in response.content.decode()
    given.refresh_from_db()
    assert not given.called_at
    assert signed_in(outsider).get(CHECK_INS).status_code == 403


def test_answered_again_meanwhile_the_call_is_not_noted(diary: Diary, desk: Client) -> None:
    emergency, clinic = signs(diary)
    seen = (given := said(diary, Answers((clinic,)))).fingerprint
    answer_check_in(appointment=given.appointment, answers=Answers((emergency,)), now=diary.now)
    assert "answered again meanwhile" in called(desk, given, seen).content.decode()
    assert CheckIn.objects.to_call().exists()


def test_the_list_of_appointments_opens_with_the_call_backs(diary: Diary, desk: Client) -> None:
    assert "call-back" not in desk.get(LIST).content.decode()
    given = said(diary, Answers(signs(diary)), visitor="a")
    body = desk.get(LIST).content.decode()
    assert "1 call-back due" in body
    assert f'href="{CHECK_INS}?call=due"' in body
    said(diary, Answers(signs(diary)), visitor="b")
    assert "2 call-backs due" in desk.get(LIST).content.decode()
    called(desk, given)
    assert "1 call-back due" in desk.get(LIST).content.decode()
    assert "call-back" not in signed_in(member("view_appointment", "view_patient")).get(LIST).content.decode()


def test_nobody_writes_or_removes_answers_by_hand(diary: Diary, admin_client: Client) -> None:
    given = said(diary, FINE)
    assert admin_client.get(f"{CHECK_INS}add/").status_code == 403
    assert admin_client.get(f"{CHECK_INS}{given.pk}/delete/").status_code == 403


def test_the_list_costs_the_same_for_one_and_for_several(diary: Diary, desk: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(CHECK_INS).status_code == 200
        return len(captured)

    said(diary, FINE, visitor="a")
    queries()
    one = queries()
    for visitor in "bcd":
        said(diary, Answers(signs(diary)), visitor=visitor)
    assert queries() == one
