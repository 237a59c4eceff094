"""Who may ask the questions of which appointment."""

import pytest
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, ConsentText, Screening
from bookings.tests.admin.questions.asking import YES, store
from bookings.tests.admin.staff import address, looker, member, page, signed_in
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db


def test_an_appointment_that_is_over_asks_nothing(desk: Client, diary: Diary, asked: Appointment) -> None:
    change_state(appointment=asked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    assert desk.get(address(asked, "questions")).status_code == 403


def test_only_those_who_may_change_appointments_ask(asked: Appointment, text: ConsentText) -> None:
    path = address(asked, "questions")
    assert "/admin/login/" in Client().get(path)["Location"]
    for client, status in ((signed_in(looker()), 403), (signed_in(member(name="nobody")), 404)):
        assert client.get(path).status_code == client.post(path, YES).status_code == status
    assert not Screening.objects.exists()


def test_the_page_of_the_appointment_offers_the_link_and_the_questions_until_they_are_answered(
    desk: Client, diary: Diary, asked: Appointment, text: ConsentText
) -> None:
    body = page(desk, asked)
    assert "Screening due" in body
    assert body.count(asked.patient_path()) >= 2
    assert address(asked, "questions") in body
    store(desk, asked, text)
    assert "Screening due" not in page(desk, asked)
