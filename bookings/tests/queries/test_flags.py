"""The flags of a list say what the rules of each appointment say."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bookings.enums import Rule, State
from bookings.models import Appointment, Course, Screening
from bookings.queries.flags import flagged
from bookings.queries.obstacles import obstacles
from bookings.tests.actions.states import in_state
from bookings.tests.diary import Diary
from clinic.models import Clinic, Location
from treatments.models import Contraindication, Edition
from treatments.tests.pages import sign_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now)


def all_flags(appointment: Appointment, now: datetime) -> tuple[bool, bool, bool]:
    found = flagged(Appointment.objects.all(), Clinic.objects.current(), at=now).get(pk=appointment.pk)
    return found.review, found.screening_due, found.too_early


def flags(appointment: Appointment, now: datetime) -> tuple[bool, bool]:
    """Those of answers that ask for no later day."""
    review, screening_due, too_early = all_flags(appointment, now)
    assert not too_early
    return review, screening_due


def agrees(appointment: Appointment, now: datetime) -> bool:
    rules = obstacles(Appointment.objects.get(pk=appointment.pk), now=now)
    return all_flags(appointment, now) == (Rule.REVIEW in rules, Rule.SCREENING in rules, Rule.WAIT in rules)


def answered(appointment: Appointment, at: datetime, *, needs_review: bool) -> Screening:
    return Screening.objects.create(
        patient=appointment.patient,
        appointment=appointment,
        edition=Edition.objects.latest("pk"),
        answered_at=at,
        needs_review=needs_review,
    )


def test_a_request_without_answers_is_due(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    assert flags(asked, diary.now) == (False, True)
    assert agrees(asked, diary.now)


def test_the_latest_answers_count(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    for minute, needs_review in enumerate((True, False, True)):
        answered(asked, diary.now + timedelta(minutes=minute), needs_review=needs_review)
        assert flags(asked, diary.now) == (needs_review, False)
        assert agrees(asked, diary.now)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles"])
def test_who_should_come_on_a_later_day_by_the_latest_answers_is_flagged_even_once_confirmed(
    diary: Diary, zone: str
) -> None:
    asked = diary.request(diary.at(1, 10))
    # Late in the evening in Los Angeles it is the next day already in Berlin.
    Appointment.objects.update(
        state=State.CONFIRMED, starts_at=datetime(2026, 12, 9, 6, tzinfo=UTC), ends_at=diary.at(2, 12)
    )
    Location.objects.update(time_zone=zone)
    day = date(2026, 12, 9 if zone == "Europe/Berlin" else 8)
    for later, is_early in ((1, True), (0, False), (None, False)):
        kept = answered(asked, diary.now + timedelta(minutes=len(asked.screenings.all())), needs_review=False)
        kept.not_before = None if later is None else day + timedelta(days=later)
        kept.save()
        assert all_flags(asked, diary.now) == (False, False, is_early)
        assert agrees(asked, diary.now)
    Appointment.objects.update(state=State.COMPLETED)
    assert all_flags(asked, diary.now) == (False, False, False)


def test_a_treatment_that_asks_nothing_makes_nothing_due(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    Contraindication.objects.update(question_en="")
    sign_draft(diary.treatment, now=diary.now)
    assert flags(asked, diary.now) == (False, False)
    assert agrees(asked, diary.now)


def test_later_sessions_of_a_course_are_not_due(diary: Diary) -> None:
    consultation, session = diary.request(diary.at(1, 10)), diary.request(diary.at(2, 10))
    course = Course.objects.create(
        consultation=consultation,
        treatment=diary.treatment,
        type=diary.type,
        phase="First course",
        sessions=2,
        gap_from=7,
        created_at=diary.now,
    )
    for number, is_due in ((1, True), (2, False)):
        Appointment.objects.filter(pk=session.pk).update(course=course, session_number=number)
        assert flags(session, diary.now) == (False, is_due)
        assert agrees(session, diary.now)


@pytest.mark.parametrize("state", list(State))
def test_only_what_is_booked_is_flagged(diary: Diary, state: State) -> None:
    asked = in_state(diary, State.REQUESTED)
    held = diary.hold(diary.at(3, 10))
    if state == State.HELD:
        assert flags(held, diary.now) == (False, False)
        return
    for needs_review in (None, True):
        if needs_review:
            answered(asked, diary.now, needs_review=True)
        Appointment.objects.filter(pk=asked.pk).update(state=state)
        assert any(flags(asked, diary.now)) is (state in {State.REQUESTED, State.CONFIRMED})
