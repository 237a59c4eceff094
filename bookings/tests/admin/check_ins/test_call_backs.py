"""Call-backs come first, and the desk notes each without reading the answers."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.actions.check_in import answer_check_in
from bookings.care.check_in import Answers
from bookings.models import AnswersRead, CheckIn
from bookings.queries import care_pages
from bookings.queries.care_pages import answers_of
from bookings.tests.admin.check_ins.given import CHECK_INS, HOUR, called, order, page, said, signs
from bookings.tests.admin.staff import LIST, member, signed_in
from bookings.tests.after_visit import FINE, WORSE
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db


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


def test_the_list_opens_each_answer_once(diary: Diary, doctor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    given, opened = said(diary, Answers(signs(diary)[:1])), []

    def open_one(check_in: CheckIn) -> Answers:
        opened.append(check_in.pk)
        return answers_of(check_in)

    monkeypatch.setattr(care_pages, "answers_of", open_one)
    assert order(doctor) == [given.pk]
    assert opened == [given.pk]


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
