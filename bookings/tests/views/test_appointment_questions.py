"""The questions behind the patient's link: for who booked by phone, or whose questions have changed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from bookings.actions.booking import Agreed, Booking, Screened, keep_screening
from bookings.actions.change import change_state
from bookings.enums import Actor, ConsentKind, Reply, State
from bookings.models import Appointment, Consent, ConsentText, Screening
from bookings.screening import questions
from bookings.sealed import seal, unseal
from bookings.tests.browser import Visitor
from bookings.tests.factories import CONTACT, ConsentTextFactory, Diary
from bookings.tests.rows import everything, rows_of
from bookings.tests.views.asked import ALLERGY, DIABETES, ISOTRETINOIN, PREGNANT, answer, asks
from bookings.views.link import token_of
from clinic.models import Clinic


def agreed(diary: Diary) -> Booking:
    text = ConsentText.objects.current("en")[ConsentKind.DATA]
    return Booking(CONTACT, agreed=[Agreed(text, diary.now)])


@pytest.fixture
def booked(diary: Diary) -> Appointment:
    """By phone, for the day after tomorrow: the patient agreed, but was asked nothing yet."""
    asks(diary, PREGNANT, DIABETES, ALLERGY)
    return diary.request(diary.at(2, 10), booking=agreed(diary))


def path(appointment: Appointment, more: str = "") -> str:
    return f"/en/appointments/{token_of(appointment)}/questions/{more}"


def answered(diary: Diary, appointment: Appointment, **replies: Reply) -> Screening:
    """Answers given earlier: no, but for `replies` by the question's key."""
    edition = diary.treatment.editions.latest("number")
    given = {one.key: one.answered(replies.get(one.key, Reply.NO)) for one in questions(edition.content)}
    plain = {key: one.to_dict() for key, one in given.items()}
    assert appointment.patient
    screened = Screened(edition, plain, needs_review=False, not_before=None, at=diary.now - timedelta(days=1))
    return keep_screening(screened, patient=appointment.patient, appointment=appointment)


def test_they_are_asked_one_by_one_and_stored_together(
    diary: Diary, newcomer: Visitor, booked: Appointment, clock: time_machine.Traveller
) -> None:
    newcomer.get(booked.patient_path()).follow("Answer the questions")
    assert (newcomer.path, newcomer.heading) == (path(booked, "1/"), "Are you pregnant?")
    assert "Question 1 of 3" in newcomer.main.text
    assert newcomer.main.link("Back") == booked.patient_path()
    answer(newcomer, "no", "yes", "yes")
    assert not Screening.objects.exists()
    clock.shift(timedelta(minutes=1))
    answer(newcomer, "no")
    assert (newcomer.path, newcomer.heading) == (path(booked), "Thank you. We have your answers.")
    assert "A clinician will look at them before your visit" in newcomer.main.text
    kept = Screening.objects.get()
    assert (kept.appointment, kept.patient, kept.answered_by) == (booked, booked.patient, "patient")
    assert (kept.needs_review, kept.not_before) == (True, None)
    assert kept.answered_at == diary.now + timedelta(minutes=1)
    assert {key: one["reply"] for key, one in unseal(kept.answers).items()} == {
        "pregnancy": "no",
        "diabetes": "yes",
        "allergy": "no",
    }
    assert not [key for key in dict(newcomer.client.session.items()) if booked.reference in key]


def test_half_of_them_lie_sealed_in_the_session_and_are_not_asked_again(
    diary: Diary, newcomer: Visitor, booked: Appointment
) -> None:
    answer(newcomer.get(path(booked)), "no", "yes", "yes")
    kept = str(dict(newcomer.client.session.items()))
    for told in ("pregnancy", "diabetes", "yes"):
        assert told not in kept
    newcomer.get(path(booked))
    assert newcomer.heading == "Any allergy?"
    # Of another browser they know nothing.
    assert Visitor().get(path(booked)).heading == "Are you pregnant?"


def test_the_last_answer_sent_twice_is_stored_once(diary: Diary, newcomer: Visitor, booked: Appointment) -> None:
    answer(newcomer.get(path(booked)), "no", "no")
    sent = {**newcomer.main.form_with("Continue")[0].fields(), "reply": "no"}
    for _ in range(2):
        newcomer.arrive(newcomer.client.post(path(booked, "3/"), sent, follow=True), path(booked, "3/"))
        assert newcomer.heading == "Thank you. We have your answers."
    assert Screening.objects.count() == 1


def test_what_was_answered_already_is_neither_asked_nor_shown(
    diary: Diary, newcomer: Visitor, booked: Appointment
) -> None:
    answered(diary, booked, diabetes=Reply.YES)
    asks(diary, PREGNANT, DIABETES, {**ALLERGY, "question_en": "Any allergy to a medicine?"})
    # The follow-up of the earlier yes is still to be answered, as it would be on its page.
    newcomer.get(path(booked))
    assert newcomer.heading == "Do you have diabetes?"
    assert not [box for box in newcomer.main.all("input", type="radio") if "checked" in box.attributes]
    assert "Question 1 of 2" in newcomer.main.text
    answer(newcomer, "no")
    assert newcomer.heading == "Any allergy to a medicine?"
    answer(newcomer, "no")
    stored = unseal(booked.screenings.latest().answers)
    assert {key: one["reply"] for key, one in stored.items()} == dict.fromkeys(
        ("pregnancy", "diabetes", "allergy"), "no"
    )


def test_with_everything_answered_it_only_says_so(diary: Diary, newcomer: Visitor, booked: Appointment) -> None:
    answered(diary, booked)
    before = everything()
    assert newcomer.get(path(booked)).heading == "Thank you. We have your answers."
    assert "There is nothing else to do before you come." in newcomer.main.text
    assert newcomer.get(path(booked, "1/")).path == path(booked)
    assert everything() == before


def test_an_answer_that_speaks_against_the_visit_asks_for_a_call_and_is_not_kept(
    diary: Diary, newcomer: Visitor, booked: Appointment
) -> None:
    answer(newcomer.get(path(booked)), "yes")
    assert (newcomer.status, newcomer.heading) == (200, "Please call us before you come")
    assert booked.reference in newcomer.main.text
    assert newcomer.main.one("a", class_="button").get("href") == "tel:+49-30-23125001"
    kept = Screening.objects.get()
    assert (kept.answers, kept.needs_review, kept.waits_for_review) == ("", True, True)
    booked.refresh_from_db()
    assert booked.state == State.REQUESTED
    # Whoever comes back is asked anew; saying the same again adds nothing.
    answer(newcomer.get(path(booked)), "yes")
    assert Screening.objects.count() == 1


def test_a_later_day_is_said_to_be_needed_when_the_appointment_is_too_early(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ISOTRETINOIN)
    booked = diary.request(diary.at(2, 10), booking=agreed(diary))
    answer(newcomer.get(path(booked)), "yes")
    assert newcomer.path == path(booked, "1/since/")
    newcomer.press("Continue", since_day="20", since_month="11", since_year="2026")
    assert "your visit should not be before Sunday 20 December 2026." in newcomer.main.text
    assert "Please move your appointment, or call us:" in newcomer.main.text
    assert Screening.objects.get().not_before == date(2026, 12, 20)


def test_who_has_not_agreed_is_asked_for_consent_first(diary: Diary, newcomer: Visitor) -> None:
    booked = diary.request(diary.at(2, 10))
    for step in ("", "1/", "1/more/", "1/since/"):
        assert newcomer.get(path(booked, step)).path == path(booked, "data/")
        assert newcomer.client.post(path(booked, "1/"), {"reply": "yes"})["Location"] == path(booked, "data/")
    assert newcomer.heading == "May we use your answers?"
    newcomer.press("Continue")
    assert newcomer.status == 422
    newcomer.press("Continue", agree="on")
    assert newcomer.path == path(booked, "1/")
    given = Consent.objects.get()
    assert (given.patient, given.appointment, given.kind, given.given_at) == (
        booked.patient,
        booked,
        "data",
        diary.now,
    )
    assert newcomer.get(path(booked, "data/")).path == path(booked, "1/")


def test_another_text_is_agreed_to_anew(diary: Diary, newcomer: Visitor, booked: Appointment) -> None:
    ConsentTextFactory(kind=ConsentKind.DATA, text="Another text.")
    newcomer.get(path(booked))
    ConsentTextFactory(kind=ConsentKind.DATA, text="A third text.")
    newcomer.press("Continue", agree="on")
    assert "This text has changed since you opened the page." in newcomer.main.text
    newcomer.press("Continue", agree="on")
    assert list(booked.consents.values_list("version", flat=True).order_by("version")) == [1, 3]


def test_in_a_language_that_is_not_signed_it_is_by_phone(diary: Diary, newcomer: Visitor, booked: Appointment) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    other = diary.request(diary.at(2, 12))
    for one, address in ((booked, path(booked)), (other, path(other, "data/"))):
        newcomer.get(address.replace("/en/", "/fa/"))
        assert newcomer.heading == "Please call us: we ask you on the phone"
        assert one.reference in newcomer.main.text
        assert newcomer.main.one("a", class_="button").get("href") == "tel:+49-30-23125001"
        assert newcomer.main.link("Back to your appointment") == one.patient_path().replace("/en/", "/fa/")


@pytest.mark.parametrize("state", [State.CANCELLED, State.DECLINED])
def test_about_a_visit_that_was_given_up_nothing_is_asked(
    diary: Diary, newcomer: Visitor, booked: Appointment, state: State
) -> None:
    change_state(appointment=booked, to=state, actor=Actor.STAFF, now=diary.now)
    for step in ("", "1/", "data/"):
        assert newcomer.get(path(booked, step)).path == booked.patient_path()
    assert newcomer.client.post(path(booked, "1/"), {"reply": "yes"})["Location"] == booked.patient_path()


def test_nor_about_one_whose_time_has_come(
    newcomer: Visitor, booked: Appointment, clock: time_machine.Traveller
) -> None:
    clock.move_to(booked.starts_at)
    assert newcomer.get(path(booked)).path == booked.patient_path()


def test_a_stranger_with_another_token_is_asked_nothing(diary: Diary, booked: Appointment) -> None:
    before = rows_of(Screening, Consent)
    for step in ("", "1/", "1/more/", "1/since/", "data/"):
        wrong = path(booked, step).replace(token_of(booked), f"{booked.reference}.{'0' * 40}")
        assert Client().get(wrong).status_code == 404
        assert Client().post(wrong, {"reply": "yes", "agree": "on"}).status_code in (404, 405)
    assert rows_of(Screening, Consent) == before


def test_opening_every_page_changes_nothing(diary: Diary, booked: Appointment) -> None:
    before = everything()
    changed = booked.patient_path() + "changed/"
    for one in (*(path(booked, step) for step in ("", "1/", "1/more/", "1/since/", "data/")), changed):
        for method in ("get", "head"):
            assert getattr(Client(), method)(one).status_code < 400
    assert everything() == before


def test_reading_stores_nothing_even_when_the_rest_is_not_asked_any_more(
    diary: Diary, newcomer: Visitor, booked: Appointment
) -> None:
    answer(newcomer.get(path(booked)), "no")
    asks(diary, PREGNANT)
    newcomer.get(path(booked))
    assert newcomer.heading == "Are you pregnant?"
    assert not Screening.objects.exists()
    assert newcomer.press("Continue").heading == "Thank you. We have your answers."
    assert Screening.objects.count() == 1


def test_answers_that_no_key_opens_are_asked_anew(diary: Diary, newcomer: Visitor, booked: Appointment) -> None:
    kept = answered(diary, booked)
    Screening.objects.filter(pk=kept.pk).update(answers=seal({})[:-8] + "AAAAAAA=")
    assert newcomer.get(path(booked)).heading == "Are you pregnant?"
