"""The answers of the consultation are judged anew for its course, and go with the first session."""

from datetime import datetime, timedelta

import pytest

from bookings.enums import Reply, Rule, State
from bookings.exceptions import Obstructed
from bookings.models import Patient, Screening
from bookings.queries.course_steps import steps
from bookings.sealed import unseal
from bookings.tests.planned import Planned
from bookings.tests.rows import bookings
from treatments.enums import Outcome
from treatments.tests.factories import ContraindicationFactory
from treatments.tests.pages import sign_draft

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def test_the_answers_of_the_consultation_go_with_the_first_session(planned: Planned) -> None:
    before = planned.consultation.screenings.get()
    first, *others = planned.book()
    kept = first.screenings.get()
    assert unseal(kept.answers) == unseal(before.answers)
    assert kept.answers != before.answers
    assert (kept.answered_at, kept.answered_by, kept.edition) == (
        before.answered_at,
        before.answered_by,
        before.edition,
    )
    assert not Screening.objects.filter(appointment__in=others).exists()


def test_answers_are_judged_by_todays_rules_and_then_nothing_is_confirmed_before_a_review(now: datetime) -> None:
    planned = Planned(now=now, auto_confirm=True)
    row = planned.diary.treatment.contraindication_set.get()
    row.outcome = Outcome.REVIEW
    row.save()
    sign_draft(planned.diary.treatment, now=now - 3 * DAY)
    planned.answer(at=now - 3 * DAY, **{row.key: Reply.YES})
    Screening.objects.update(needs_review=False)
    booked = planned.book()
    assert {one.state for one in booked} == {State.REQUESTED}
    assert booked[0].screenings.get().waits_for_review


def test_a_review_of_the_same_answers_holds_on(now: datetime, django_user_model: type) -> None:
    planned = Planned(now=now, auto_confirm=True)
    row = planned.diary.treatment.contraindication_set.get()
    row.outcome = Outcome.REVIEW
    row.save()
    sign_draft(planned.diary.treatment, now=now - 3 * DAY)
    vera = django_user_model.objects.create_user("vera")
    answered = planned.answer(at=now - 3 * DAY, **{row.key: Reply.YES})
    assert answered.waits_for_review
    with pytest.raises(Obstructed) as caught:
        planned.hold()
    assert caught.value.rules == [Rule.REVIEW]
    answered.reviewed_by, answered.reviewed_at = vera, now - 2 * DAY
    answered.save()
    booked = planned.book()
    assert {one.state for one in booked} == {State.CONFIRMED}
    kept = booked[0].screenings.get()
    assert (kept.needs_review, kept.reviewed_by, kept.reviewed_at) == (True, vera, now - 2 * DAY)


def test_a_wait_in_the_answers_moves_the_whole_course(now: datetime) -> None:
    planned = Planned(now=now)
    ContraindicationFactory(
        treatment=planned.diary.treatment,
        key="infection",
        question_en="Have you had an infection?",
        outcome=Outcome.WAIT,
        wait=14,
        wait_unit="day",
        wait_since_en="after it has healed",
    )
    sign_draft(planned.diary.treatment, now=now - 3 * DAY)
    answered = planned.answer(at=now - 3 * DAY, infection=Reply.YES)
    answered.needs_review = False
    answered.save()
    first_day = (now + 11 * DAY).date()
    assert answered.not_before == first_day
    assert steps(planned.course, language="en", now=now).first_day == first_day
    assert planned.proposed()[1] == planned.diary.at(11, 9)


def test_new_questions_are_asked_before_anything_is_held(planned: Planned) -> None:
    ContraindicationFactory(treatment=planned.diary.treatment, question_en="Are you breastfeeding?")
    sign_draft(planned.diary.treatment, now=planned.now - MINUTE)
    with pytest.raises(Obstructed) as caught:
        planned.hold()
    assert caught.value.rules == [Rule.SCREENING]
    planned.answer(at=planned.now)
    assert planned.hold()


def test_an_age_rule_stops_the_whole_course(planned: Planned) -> None:
    ContraindicationFactory(treatment=planned.diary.treatment, question_en="", minimum_age=18, outcome="not_suitable")
    sign_draft(planned.diary.treatment, now=planned.now - MINUTE)
    Patient.objects.update(birth_date=(planned.now - 18 * 365 * DAY + 60 * DAY).date())
    planned.consultation.patient.refresh_from_db()
    held = planned.hold()
    before = bookings()
    with pytest.raises(Obstructed) as caught:
        planned.book_held(held)
    assert caught.value.rules == [Rule.AGE]
    assert bookings() == before
