"""Staff ask the questions on the phone: what they type is stored sealed, and they cannot read it again."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Consent, ConsentText, Screening
from bookings.sealed import unseal
from bookings.tests.actions.whole.power_cut import PowerCut, failing_at
from bookings.tests.admin.staff import address, looker, member, page, press, reception, signed_in
from bookings.tests.factories import Diary
from bookings.tests.rows import everything
from treatments.enums import Outcome
from treatments.models import Contraindication
from treatments.tests.factories import ContraindicationFactory, sign_draft

pytestmark = pytest.mark.django_db
YES: dict[str, Any] = {"agreed": "on"}


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now)


@pytest.fixture
def text(diary: Diary) -> ConsentText:
    return ConsentText.objects.create(kind="data", language="en", text="We use your data.", created_at=diary.now)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    return diary.request(diary.at(1, 10))


@pytest.fixture
def desk(db: None) -> Client:
    return signed_in(reception())


def store(client: Client, asked: Appointment, text: ConsentText | None, **typed: Any) -> str:
    sent = {**YES, "text": text.hash if text else "", "q1-reply": "no"}
    sent |= {name.replace("_", "-", 1): value for name, value in typed.items()}
    return press(client, asked, "questions", **sent).content.decode()


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


def test_every_question_wants_an_answer(desk: Client, asked: Appointment, text: ConsentText) -> None:
    assert "“not sure” is one." in store(desk, asked, text, q1_reply="")
    assert not Screening.objects.exists()


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


def test_what_speaks_against_a_visit_is_shown_and_not_stored(
    desk: Client, asked: Appointment, text: ConsentText
) -> None:
    body = store(desk, asked, text, q1_reply="yes")
    assert "Not now" in body
    assert "Nobody has tested it." in body
    assert not Screening.objects.exists()
    assert not Consent.objects.exists()


def waits(diary: Diary) -> None:
    Contraindication.objects.all().delete()
    ContraindicationFactory(
        treatment=diary.treatment,
        question_en="An infection?",
        outcome=Outcome.WAIT,
        wait=14,
        wait_unit="day",
        wait_since_en="after it has healed",
    )
    sign_draft(diary.treatment, now=diary.now)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Enter the day, or tick the box below it."),
        ({"q1_since": "2026-12-08"}, "Enter today or a day before"),
        ({"q1_since": "soon"}, "Enter a valid date."),
    ],
)
def test_a_wait_needs_a_day_from_which_it_counts(
    desk: Client, diary: Diary, asked: Appointment, text: ConsentText, typed: dict[str, str], says: str
) -> None:
    waits(diary)
    assert says in store(desk, asked, text, q1_reply="yes", **typed)
    assert not Screening.objects.exists()


def test_a_wait_that_is_not_over_names_the_first_day(
    desk: Client, diary: Diary, asked: Appointment, text: ConsentText
) -> None:
    waits(diary)
    body = store(desk, asked, text, q1_reply="yes", q1_since="2026-12-05")
    assert "Move the appointment to 19 December 2026 or later." in body
    assert "The answers ask for a later time." in body
    assert Screening.objects.get().not_before == (diary.now + timedelta(days=12)).date()


def test_a_follow_up_is_wanted_after_a_yes_only(
    desk: Client, diary: Diary, asked: Appointment, text: ConsentText
) -> None:
    Contraindication.objects.all().delete()
    ContraindicationFactory(
        treatment=diary.treatment,
        question_en="Diabetes?",
        follow_up_en="Is it well controlled?",
        outcome=Outcome.REVIEW,
        outcome_if_no=Outcome.NOT_NOW,
    )
    sign_draft(diary.treatment, now=diary.now)
    assert "“not sure” is one." in store(desk, asked, text, q1_reply="yes")
    assert "Not now" in store(desk, asked, text, q1_reply="yes", **{"q1_follow_up": "no"})
    assert not Screening.objects.exists()
    store(desk, asked, text, q1_reply="no")
    assert Screening.objects.count() == 1


def test_a_failing_write_stores_neither_answers_nor_consent(
    desk: Client, asked: Appointment, text: ConsentText
) -> None:
    desk.raise_request_exception = True
    before = everything()
    for number in (1, 2):
        with failing_at(number), pytest.raises(PowerCut):
            store(desk, asked, text)
        assert everything() == before


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
