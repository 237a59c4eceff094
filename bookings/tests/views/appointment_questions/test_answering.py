"""From the link the questions of an appointment are asked one by one and stored together."""

from datetime import date, timedelta

import time_machine

from bookings.enums import Reply, State
from bookings.models import Appointment, Screening
from bookings.sealed import seal, unseal
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import everything
from bookings.tests.views.appointment_questions.answering import agreed, answered, path
from bookings.tests.views.asked import ALLERGY, DIABETES, ISOTRETINOIN, PREGNANT, answer, asks


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


def test_answers_that_no_key_opens_are_asked_anew(diary: Diary, newcomer: Visitor, booked: Appointment) -> None:
    kept = answered(diary, booked)
    Screening.objects.filter(pk=kept.pk).update(answers=seal({})[:-8] + "AAAAAAA=")
    assert newcomer.get(path(booked)).heading == "Are you pregnant?"
