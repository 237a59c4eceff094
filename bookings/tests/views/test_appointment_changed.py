"""Before each later session of a course: has anything changed since the last answers?"""

from datetime import datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from bookings.enums import Reply, Rule
from bookings.models import Appointment, Screening
from bookings.queries.obstacles import obstacles
from bookings.sealed import unseal
from bookings.tests.browser import Visitor
from bookings.tests.planned import Planned
from bookings.tests.rows import everything
from bookings.tests.views.asked import ALLERGY, PREGNANT, answer, asks
from bookings.views.link import token_of
from treatments.enums import Outcome


@pytest.fixture
def planned(db: None, now: datetime, clock: time_machine.Traveller) -> Planned:
    return Planned(now=now)


@pytest.fixture
def second(planned: Planned) -> Appointment:
    """The second session of a course that is booked."""
    return planned.book()[1]


def path(appointment: Appointment, page: str = "changed") -> str:
    return f"/en/appointments/{token_of(appointment)}/{page}/"


def test_no_stores_the_earlier_answers_once_more(
    planned: Planned, second: Appointment, newcomer: Visitor, now: datetime
) -> None:
    newcomer.get(second.patient_path()).follow("Answer the questions")
    assert newcomer.path == path(second)
    assert newcomer.heading == "Has anything changed since you answered our questions?"
    before = Screening.objects.count()
    newcomer.press("Continue", answer="no")
    assert newcomer.heading == "Thank you. We have your answers."
    assert Screening.objects.count() == before + 1
    kept = second.screenings.get()
    earlier = planned.consultation.screenings.latest()
    assert unseal(kept.answers) == unseal(earlier.answers)
    assert (kept.answered_at, kept.needs_review, kept.not_before) == (now, False, None)
    assert "Answer the questions" not in newcomer.get(second.patient_path()).main.text


def test_a_second_click_stores_nothing(second: Appointment, newcomer: Visitor) -> None:
    newcomer.get(path(second))
    sent = {**newcomer.main.form_with("Continue")[0].fields(), "answer": "no"}
    for _ in range(2):
        response = newcomer.client.post(path(second), sent, follow=True)
        assert newcomer.arrive(response, path(second)).heading == "Thank you. We have your answers."
    assert second.screenings.count() == 1


def test_yes_asks_everything_again_and_shows_nothing_of_before(second: Appointment, newcomer: Visitor) -> None:
    newcomer.get(path(second)).press("Continue", answer="yes")
    assert newcomer.heading == "Are you pregnant?"
    assert not [box for box in newcomer.main.all("input", type="radio") if "checked" in box.attributes]
    assert not second.screenings.exists()
    answer(newcomer, "not_sure")
    assert newcomer.heading == "Thank you. We have your answers."
    assert second.screenings.get().needs_review
    # With the new answers stored, nothing is asked any more.
    assert newcomer.get(path(second, "questions")).heading == "Thank you. We have your answers."


def test_a_question_whose_words_changed_is_asked_all_the_same(
    planned: Planned, second: Appointment, newcomer: Visitor
) -> None:
    asks(planned.diary, {**PREGNANT, "key": planned_key(planned)}, ALLERGY)
    newcomer.get(path(second)).press("Continue", answer="no")
    assert newcomer.heading == "Any allergy?"
    assert "Question 1 of 1" in newcomer.main.text
    answer(newcomer, "no")
    assert set(unseal(second.screenings.get().answers)) == {planned_key(planned), "allergy"}


def planned_key(planned: Planned) -> str:
    return str(planned.diary.treatment.editions.earliest("number").content["contraindications"][0]["key"])


def test_what_a_clinician_has_reviewed_stays_reviewed_while_the_page_is_the_same(
    planned: Planned, second: Appointment, newcomer: Visitor, now: datetime
) -> None:
    asks(planned.diary, {**ALLERGY, "key": "allergy"})
    reviewer = User.objects.create_user("mona")
    kept = planned.answer(at=now, allergy=Reply.YES)
    kept.reviewed_by, kept.reviewed_at = reviewer, now
    kept.save()
    newcomer.get(path(second)).press("Continue", answer="no")
    stored = second.screenings.get()
    assert (stored.needs_review, stored.reviewed_by, stored.reviewed_at) == (True, reviewer, now)
    assert Rule.REVIEW not in obstacles(second, now=now)


def test_what_nobody_has_reviewed_waits_for_it(
    planned: Planned, second: Appointment, newcomer: Visitor, now: datetime
) -> None:
    asks(planned.diary, ALLERGY)
    planned.answer(at=now, allergy=Reply.YES)
    newcomer.get(path(second)).press("Continue", answer="no")
    assert second.screenings.get().waits_for_review
    assert "A clinician will look at them" in newcomer.main.text


def test_earlier_answers_that_speak_against_it_by_now_ask_for_a_call(
    planned: Planned, second: Appointment, newcomer: Visitor, now: datetime
) -> None:
    asks(planned.diary, ALLERGY)
    planned.answer(at=now, allergy=Reply.YES)
    asks(planned.diary, {**ALLERGY, "outcome": Outcome.NOT_NOW})
    newcomer.get(path(second)).press("Continue", answer="no")
    assert newcomer.heading == "Please call us before you come"
    assert (second.screenings.get().answers, second.screenings.get().needs_review) == ("", True)


def test_without_an_answer_it_asks_for_one(second: Appointment, newcomer: Visitor) -> None:
    newcomer.get(path(second)).press("Continue")
    assert newcomer.status == 422
    link = newcomer.main.one("div", class_="error-summary").one("a")
    assert (link.text, link.get("href")) == ("Choose yes if anything has changed", "#id_answer_0")
    assert not second.screenings.exists()


def test_where_nothing_was_answered_the_questions_come(
    planned: Planned, second: Appointment, newcomer: Visitor
) -> None:
    Screening.objects.all().delete()
    assert newcomer.get(path(second)).heading == "Are you pregnant?"


def test_the_questions_lead_here_while_nobody_has_said_anything_about_this_session(
    second: Appointment, newcomer: Visitor
) -> None:
    assert newcomer.get(path(second, "questions")).path == path(second)


def test_a_stranger_changes_nothing(second: Appointment) -> None:
    before = everything()
    wrong = path(second).replace(token_of(second), f"{second.reference}.{'0' * 40}")
    assert Client().get(wrong).status_code == 404
    assert Client().post(wrong, {"answer": "no"}).status_code == 404
    assert everything() == before
