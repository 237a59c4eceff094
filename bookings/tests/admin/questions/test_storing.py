"""Staff ask the questions on the phone: what they type is stored sealed, and they cannot read it again."""

import pytest
from django.test import Client

from bookings.enums import Actor
from bookings.models import Appointment, Consent, ConsentText, Screening
from bookings.sealed import unseal
from bookings.tests.actions.whole.power_cut import PowerCut, failing_at
from bookings.tests.admin.questions.asking import store
from bookings.tests.admin.staff import address, page
from bookings.tests.diary import Diary
from bookings.tests.rows import everything

pytestmark = pytest.mark.django_db


def test_the_answers_and_the_consent_are_stored_and_can_no_longer_be_read(
    desk: Client, diary: Diary, asked: Appointment, text: ConsentText
) -> None:
    body = page(desk, asked, "questions")
    assert "We use your data." in body
    assert "Are you pregnant?" in body
    assert "Only those who treat can read them." in store(desk, asked, text, q1_reply="not_sure")
    given = Screening.objects.get()
    assert (given.appointment, given.patient, given.answered_by) == (asked, asked.patient, Actor.STAFF)
    assert (given.needs_review, given.answered_at) == (True, diary.now)
    [stored] = unseal(given.answers).values()
    assert stored["reply"] == "not_sure"
    agreed = Consent.objects.get()
    assert (agreed.text, agreed.hash, agreed.patient, agreed.appointment) == (
        text.text,
        text.hash,
        asked.patient,
        asked,
    )
    assert desk.get(address(asked, "answers")).status_code == 403
    assert "checked" not in page(desk, asked, "questions")


def test_nothing_is_stored_without_consent_to_the_text_that_was_shown(
    desk: Client, diary: Diary, asked: Appointment, text: ConsentText
) -> None:
    assert "do not ask about their health" in store(desk, asked, text, agreed="")
    ConsentText.objects.create(kind="data", language="en", text="We use less.", created_at=diary.now)
    body = store(desk, asked, text)
    assert "The text has changed." in body
    assert "We use less." in body
    assert not Screening.objects.exists()
    assert not Consent.objects.exists()


def test_who_agreed_already_is_not_asked_again(
    desk: Client, diary: Diary, asked: Appointment, text: ConsentText
) -> None:
    store(desk, asked, text)
    assert "We use your data." not in page(desk, asked, "questions")
    store(desk, asked, None, agreed="")
    assert Screening.objects.count() == 2
    assert Consent.objects.count() == 1
    Consent.objects.update(withdrawn_at=diary.now)
    assert "We use your data." in page(desk, asked, "questions")


def test_without_a_text_to_agree_to_nothing_can_be_asked(desk: Client, asked: Appointment) -> None:
    ConsentText._base_manager.all().delete()
    assert "cannot be asked yet" in page(desk, asked, "questions")
    store(desk, asked, None)
    assert not Screening.objects.exists()


def test_a_failing_write_stores_neither_answers_nor_consent(
    desk: Client, asked: Appointment, text: ConsentText
) -> None:
    desk.raise_request_exception = True
    before = everything()
    for number in (1, 2):
        with failing_at(number), pytest.raises(PowerCut):
            store(desk, asked, text)
        assert everything() == before
