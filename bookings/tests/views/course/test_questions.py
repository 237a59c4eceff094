"""Questions that changed since the consultation are asked before a course is booked, and only those."""

from datetime import datetime, timedelta

import pytest
import time_machine

from bookings.models import Screening
from bookings.tests.browser import Visitor
from bookings.tests.planned import Planned
from bookings.tests.rows import bookings
from treatments.enums import Outcome
from treatments.tests.factories import ContraindicationFactory
from treatments.tests.pages import sign_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(now: datetime, clock: time_machine.Traveller) -> Planned:
    """The page was signed anew with one more question."""
    planned = Planned(now=now)
    ask(planned, "Are you breastfeeding?", key="breastfeeding", outcome=Outcome.NOT_NOW)
    return planned


def ask(planned: Planned, question: str, **values: object) -> None:
    ContraindicationFactory(treatment=planned.diary.treatment, question_en=question, **values)
    sign_draft(planned.diary.treatment, now=planned.now - timedelta(minutes=1))


def to_question(planned: Planned, visitor: Visitor) -> Visitor:
    visitor.get(planned.path())
    assert visitor.heading == "A few questions first"
    return visitor.follow("Answer the questions")


def test_only_the_new_question_is_asked_and_then_the_times_are_shown(planned: Planned, visitor: Visitor) -> None:
    to_question(planned, visitor)
    assert visitor.heading == "Are you breastfeeding?"
    assert "Question 1 of 1" in visitor.main.text
    visitor.press("Continue", reply="no")
    assert visitor.heading == "Times for your sessions"
    kept = planned.consultation.screenings.latest()
    assert kept.edition == planned.course.treatment.editions.latest("number")
    assert not kept.needs_review
    visitor.press("Hold these times").press("Book these 4 sessions")
    first = planned.course.appointments.get(session_number=1)
    assert first.screenings.get().edition == kept.edition


def test_not_sure_waits_for_a_clinician(planned: Planned, visitor: Visitor) -> None:
    to_question(planned, visitor).press("Continue", reply="not_sure")
    assert visitor.heading == "A clinician reads your answers first"
    assert Screening.objects.latest().waits_for_review


def test_an_answer_against_the_treatment_says_so_and_a_clinician_is_told(planned: Planned, visitor: Visitor) -> None:
    before = bookings()
    to_question(planned, visitor).press("Continue", reply="yes")
    assert [link for link in visitor.main.all("a") if link.get("href").startswith("tel:")]
    assert Screening.objects.latest().waits_for_review
    assert visitor.get(planned.path()).heading == "A clinician reads your answers first"
    assert bookings() == before


def test_nothing_is_asked_once_all_is_answered_or_before_the_consent(planned: Planned, visitor: Visitor) -> None:
    planned.answer(at=planned.now)
    for path in (planned.path("questions"), planned.path("questions", 1, "reply")):
        assert visitor.client.get(path).headers["Location"] == planned.path()


def test_a_part_that_there_is_not_leads_on(planned: Planned, visitor: Visitor) -> None:
    assert visitor.client.get(planned.path("questions", 1, "nonsense")).status_code == 302
    assert visitor.client.get(planned.path("questions", 9, "reply")).status_code == 302


def test_who_reads_another_language_is_not_asked_in_this_one(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path("questions").replace("/en/", "/fa/"))
    assert visitor.main.all("form") == []


def test_a_stranger_is_asked_nothing(planned: Planned, visitor: Visitor) -> None:
    other = planned.of_someone_else()
    path = f"{other.consultation.patient_path()}course/{planned.course.pk}/questions/"
    for address in (path, f"{path}1/reply/"):
        assert visitor.client.get(address).status_code == 404
