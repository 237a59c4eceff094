"""A course is agreed to, held and booked as one: for one patient, inside its plan, all or nothing."""

from datetime import datetime, timedelta

import pytest

from bookings.actions.courses import agree
from bookings.availability.courses import Gap
from bookings.enums import ConsentKind, Reply, Rule, State
from bookings.exceptions import (
    ChangedMeanwhile,
    HoldExpired,
    Obstructed,
    OutOfPlan,
    SlotTaken,
    TooManyOpen,
)
from bookings.models import Appointment, Claim, Consent, ConsentText, Patient, Screening
from bookings.queries.course_steps import steps
from bookings.queries.courses import key_of
from bookings.queries.obstacles import obstacles
from bookings.sealed import unseal
from bookings.tests.factories import ConsentTextFactory, TimeOffFactory
from bookings.tests.planned import Planned
from bookings.tests.rows import bookings, everything
from clinic.models import Clinic
from treatments.enums import Outcome
from treatments.tests.factories import ContraindicationFactory, sign_draft

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def planned(now: datetime) -> Planned:
    return Planned(now=now)


def test_the_whole_set_is_held_for_one_course(planned: Planned) -> None:
    held = planned.hold()
    assert [one.session_number for one in held] == [1, 2, 3, 4]
    assert {(one.course, one.visitor, one.state, one.held_until) for one in held} == {
        (planned.course, key_of(planned.course), State.HELD, planned.now + 10 * MINUTE)
    }
    assert Claim.objects.filter(appointment__in=held).count() == 4


def test_holding_again_replaces_the_set(planned: Planned) -> None:
    planned.hold()
    again = planned.hold(planned.on({1: 1, 2: 9, 3: 17, 4: 25}))
    assert list(planned.course.appointments.order_by("session_number")) == again


def test_a_set_with_one_time_taken_is_not_held_at_all_and_the_former_one_stays(planned: Planned) -> None:
    planned.hold()
    planned.diary.hold(planned.diary.at(17, 10), visitor="rival")
    before = bookings()
    with pytest.raises(SlotTaken):
        planned.hold(planned.on({1: 1, 2: 9, 3: 17, 4: 25}))
    assert bookings() == before


@pytest.mark.parametrize(
    "days",
    [
        {1: 1, 2: 7, 3: 15, 4: 22},  # a day too soon
        {1: 1, 2: 9, 3: 22, 4: 29},  # three days too late
        {1: 9, 2: 1, 3: 16, 4: 23},  # out of order
        {1: 1, 2: 8, 3: 15},  # not all
        {2: 8, 3: 15, 4: 22},
        {1: 1, 2: 8, 3: 15, 4: 22, 5: 29},  # more than planned
        {},
    ],
)
def test_a_set_outside_the_plan_is_not_held(planned: Planned, days: dict[int, int]) -> None:
    before = bookings()
    with pytest.raises(OutOfPlan):
        planned.hold(planned.on(days))
    assert bookings() == before


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (1, True)])
def test_nothing_is_held_before_the_cooling_off_is_over(planned: Planned, days: int, allowed: bool) -> None:
    starts = planned.on({number: days + 7 * (number - 1) for number in range(1, 5)}, hour=15)
    if allowed:
        assert planned.hold(starts)
    else:
        with pytest.raises(SlotTaken):
            planned.hold(starts)


def test_cooling_off_counts_whole_days_by_the_locations_clock(now: datetime) -> None:
    planned = Planned(now=now, consented=False)
    midnight = planned.diary.at(0, 0)
    for given_at, days in ((midnight - MINUTE, 2), (midnight, 3)):
        Consent.objects.filter(kind=ConsentKind.TREATMENT).delete()
        planned.agree(now=given_at)
        assert steps(planned.course, language="en", now=now).first_day == planned.diary.at(days, 0).date()


def test_the_consultation_counts_where_it_came_after_the_consent(planned: Planned) -> None:
    end = planned.diary.at(2, 17)
    Appointment.objects.filter(pk=planned.consultation.pk).update(starts_at=end - 30 * MINUTE, ends_at=end)
    planned.course.consultation.refresh_from_db()
    assert steps(planned.course, language="en", now=planned.now).first_day == planned.diary.at(5, 0).date()


def test_the_set_becomes_requests_of_the_same_patient(planned: Planned) -> None:
    patients = list(Patient.objects.all())
    booked = planned.book()
    assert list(Patient.objects.all()) == patients
    stored = list(planned.course.appointments.order_by("session_number"))
    assert stored == booked
    for one in stored:
        assert (one.state, one.patient, one.needs) == (State.REQUESTED, planned.consultation.patient, ["step_free"])
        assert (one.held_until, one.requested_at) == (None, planned.now)
        assert one.transitions.count() == 1


def test_it_is_confirmed_at_once_where_the_type_says_so(now: datetime) -> None:
    planned = Planned(now=now, auto_confirm=True)
    assert {one.state for one in planned.book()} == {State.CONFIRMED}


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


def test_booking_twice_gives_the_same_sessions(planned: Planned) -> None:
    held = planned.hold()
    booked = planned.book_held(held)
    before = everything()
    assert planned.book_held(held) == booked
    assert everything() == before


def test_a_set_that_ran_out_is_good_while_it_is_free(planned: Planned) -> None:
    held = planned.hold()
    assert {one.state for one in planned.book_held(held, now=planned.now + 40 * MINUTE)} == {State.REQUESTED}


def test_a_set_that_ran_out_and_lost_a_time_is_not_booked_at_all(planned: Planned) -> None:
    held = planned.hold()
    late = planned.now + 40 * MINUTE
    planned.diary.hold(held[2].starts_at, visitor="rival", now=late)
    before = bookings()
    with pytest.raises(SlotTaken):
        planned.book_held(held, now=late)
    assert bookings() == before


def test_a_set_that_ran_out_in_time_off_is_not_booked_at_all(planned: Planned) -> None:
    held = planned.hold()
    TimeOffFactory(
        practitioner=planned.diary.practitioner,
        location=planned.diary.location,
        starts_at=held[3].starts_at,
        ends_at=held[3].ends_at,
    )
    before = bookings()
    with pytest.raises(SlotTaken):
        planned.book_held(held, now=planned.now + 40 * MINUTE)
    assert bookings() == before


def test_without_holds_there_is_nothing_to_book(planned: Planned) -> None:
    with pytest.raises(HoldExpired):
        planned.book_held([])
    held = planned.hold()
    planned.course.appointments.all().delete()
    with pytest.raises(HoldExpired):
        planned.book_held(held)


def test_only_the_set_that_was_shown_is_booked(planned: Planned) -> None:
    shown = planned.hold()
    planned.hold(planned.on({1: 1, 2: 9, 3: 17, 4: 25}))
    before = bookings()
    with pytest.raises(ChangedMeanwhile):
        planned.book_held(shown)
    assert bookings() == before


def test_a_course_counts_as_one_open_request(planned: Planned) -> None:
    Clinic.objects.update(open_requests_per_contact=2)
    planned.diary.request(planned.diary.at(3, 15), visitor="ada")
    planned.book()
    with pytest.raises(TooManyOpen):
        planned.diary.request(planned.diary.at(4, 15), visitor="ada")


def test_a_course_over_the_limit_is_not_booked_and_stays_held(planned: Planned) -> None:
    Clinic.objects.update(open_requests_per_contact=1)
    planned.diary.request(planned.diary.at(3, 15), visitor="ada")
    held = planned.hold()
    before = bookings()
    with pytest.raises(TooManyOpen):
        planned.book_held(held)
    assert bookings() == before


def test_a_missing_session_of_an_open_course_is_no_further_request(planned: Planned) -> None:
    Clinic.objects.update(open_requests_per_contact=1)
    sessions = planned.book()
    planned.cancel(sessions[1])
    [again] = planned.book()
    assert (again.session_number, again.state) == (2, State.REQUESTED)
    assert again.starts_at == sessions[1].starts_at


@pytest.mark.parametrize("days", [6, 12, 15])
def test_a_missing_session_keeps_its_distance_from_both_neighbours(planned: Planned, days: int) -> None:
    sessions = planned.book(planned.on({1: 1, 2: 10, 3: 18, 4: 28}))
    planned.cancel(sessions[1])
    with pytest.raises(OutOfPlan):
        planned.hold(planned.on({2: days}))
    assert planned.hold(planned.on({2: 8}))


def test_each_run_of_missing_sessions_is_whole(planned: Planned) -> None:
    first, second, _third, fourth = planned.book()
    for one in (first, second, fourth):
        planned.cancel(one)
    proposed = planned.proposed()
    assert sorted(proposed) == [1, 2, 4]
    with pytest.raises(OutOfPlan):
        planned.hold({2: proposed[2], 4: proposed[4]})
    assert planned.book({4: proposed[4]})
    assert [one.session_number for one in planned.book()] == [1, 2]


def test_a_session_that_is_booked_is_not_held_again(planned: Planned) -> None:
    planned.book()
    with pytest.raises(OutOfPlan):
        planned.hold(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))


def test_a_held_session_whose_neighbour_moved_is_not_booked(planned: Planned) -> None:
    sessions = planned.book()
    planned.cancel(sessions[1])
    held = planned.hold()
    Appointment.objects.filter(pk=sessions[2].pk).update(
        starts_at=sessions[2].starts_at + 5 * DAY, ends_at=sessions[2].ends_at + 5 * DAY
    )
    before = bookings()
    with pytest.raises(OutOfPlan):
        planned.book_held(held)
    assert bookings() == before


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


def test_nothing_is_agreed_to_that_is_not_in_force(now: datetime) -> None:
    planned = Planned(now=now, consented=False)
    old = ConsentText.objects.current("en")[ConsentKind.TREATMENT]
    ConsentTextFactory(kind=ConsentKind.TREATMENT, text="Other words.")
    with pytest.raises(ChangedMeanwhile):
        agree(course=planned.course, texts=[old], language="en", now=now)
    assert not Consent.objects.filter(kind=ConsentKind.TREATMENT).exists()


def test_a_yes_to_one_treatment_is_none_to_another(planned: Planned) -> None:
    other = planned.of_another_treatment()
    assert [text.kind for text in steps(other, language="en", now=planned.now).texts] == [ConsentKind.TREATMENT]
    planned.agree(course=other)
    given = Consent.objects.filter(kind=ConsentKind.TREATMENT)
    assert set(given.values_list("treatment", flat=True)) == {other.treatment_id, planned.course.treatment_id}


def test_a_consent_that_was_withdrawn_is_none(planned: Planned) -> None:
    Consent.objects.filter(kind=ConsentKind.TREATMENT).update(withdrawn_at=planned.now)
    with pytest.raises(Obstructed) as caught:
        planned.hold()
    assert caught.value.rules == [Rule.CONSENT]


def test_who_posts_past_the_steps_gets_nothing(planned: Planned) -> None:
    starts, held = planned.proposed(), planned.hold()
    Appointment.objects.filter(pk=planned.consultation.pk).update(state=State.ARRIVED)
    before = bookings()
    with pytest.raises(Obstructed):
        planned.hold(starts)
    with pytest.raises(Obstructed):
        planned.book_held(held)
    assert bookings() == before


def test_a_course_across_the_clock_change_keeps_its_days_and_its_hour(now: datetime) -> None:
    #   28 March 2027: Berlin's clocks go forward.
    planned = Planned(now=now.replace(year=2027, month=3, day=15))
    walls = [start.astimezone(planned.diary.location.zone) for start in planned.proposed().values()]
    assert [f"{wall:%d %b %H:%M %Z}" for wall in walls] == [
        "16 Mar 09:00 CET",
        "23 Mar 09:00 CET",
        "30 Mar 09:00 CEST",
        "06 Apr 09:00 CEST",
    ]
    assert planned.book()


def test_a_gap_in_months_is_counted_by_the_calendar(now: datetime) -> None:
    planned = Planned(now=now, sessions=3, gap=Gap(1, 1, "month"))
    days = [start.astimezone(planned.diary.location.zone).date() for start in planned.proposed().values()]
    assert [day.day for day in days] == [8, 8, 8]
    assert planned.book()


def test_a_plan_longer_than_the_horizon_is_not_proposed(now: datetime) -> None:
    planned = Planned(now=now, furthest_days=22)
    assert len(planned.proposed()) == 4
    planned.course.type.furthest_days = 21
    assert planned.proposed() == {}


def test_a_text_that_changed_after_the_request_keeps_it_from_being_confirmed_but_not_from_being_moved(
    planned: Planned,
) -> None:
    booked = planned.book(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))
    planned.confirm(booked[0])
    ConsentTextFactory(kind=ConsentKind.TREATMENT, text="Other words.")
    with pytest.raises(Obstructed) as caught:
        planned.confirm(booked[1])
    assert caught.value.rules == [Rule.CONSENT]
    assert obstacles(booked[0], now=planned.now) == [], "what is confirmed stays so"
    assert obstacles(booked[1], now=planned.now, start=planned.diary.at(9, 10)) == [], "a move asks for nothing new"
    planned.agree()
    planned.confirm(booked[1])
