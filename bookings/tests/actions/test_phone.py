"""Staff book for someone who calls: one transaction, and the same rules as for everyone."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from bookings.actions.booking import keep_patient
from bookings.actions.change import change_state
from bookings.actions.phone import Place, book_by_phone
from bookings.enums import Actor, Kind, Need, State
from bookings.exceptions import ChangedMeanwhile, Obstructed, SlotTaken
from bookings.models import Appointment, Course, Patient, Transition
from bookings.tests.diary import CONTACT, Diary
from bookings.tests.rows import bookings
from treatments.tests.factories import ContraindicationFactory
from treatments.tests.pages import sign_draft

pytestmark = pytest.mark.django_db
REASON = "The doctor agreed on the phone"


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("vera", is_staff=True)


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


def book(diary: Diary, staff: User, **values: Any) -> Appointment:
    start = values.pop("start", diary.at(1, 10))
    wanted = {"patient": CONTACT, "treatment": diary.treatment, "by": staff, "now": diary.now, **values}
    return book_by_phone(wish=diary.wish(by_staff=True), start=start, **wanted)


def test_it_is_a_request_of_a_new_patient_logged_with_who_took_it(diary: Diary, staff: User) -> None:
    booked = book(diary, staff, needs=[Need.INTERPRETER])
    stored = Appointment.objects.get()
    assert stored == booked
    assert (stored.state, stored.needs, stored.requested_at) == (State.REQUESTED, [Need.INTERPRETER], diary.now)
    assert stored.patient == Patient.objects.get(name=CONTACT.name, phone=CONTACT.phone, created_at=diary.now)
    assert stored.claims.get().practitioner == diary.practitioner
    line = Transition.objects.get()
    assert (line.to_state, line.actor, line.user, line.overrode) == (State.REQUESTED, Actor.STAFF, staff, "")


def test_it_may_be_confirmed_at_once(diary: Diary, staff: User) -> None:
    assert book(diary, staff, confirm=True).state == State.CONFIRMED


def test_a_known_patient_stays_one_and_a_missing_birth_date_is_kept(diary: Diary, staff: User) -> None:
    patient = keep_patient(CONTACT, now=diary.now)
    patient.birth_date = date(1990, 5, 1)
    book(diary, staff, patient=patient)
    book(diary, staff, patient=patient, start=diary.at(1, 11))
    assert Patient.objects.get().birth_date == date(1990, 5, 1)
    assert patient.appointments.count() == 2


def test_staff_need_no_notice_and_know_no_horizon(diary: Diary, staff: User) -> None:
    soon = diary.now + timedelta(minutes=30)
    for start in (soon, diary.at(400, 10) + timedelta(days=-diary.at(400, 10).weekday() % 7)):
        assert book(diary, staff, start=start).starts_at == start


def test_a_taken_time_is_refused_and_leaves_no_patient_behind(diary: Diary, staff: User) -> None:
    diary.request(diary.at(1, 10))
    before = bookings()
    with pytest.raises(SlotTaken):
        book(diary, staff)
    assert bookings() == before


@pytest.mark.parametrize(("confirm", "rules"), [(False, ["age"]), (True, ["screening", "age"])])
def test_a_patient_who_is_too_young_needs_an_override_with_a_reason(
    now: datetime, staff: User, confirm: bool, rules: list[str]
) -> None:
    diary = Diary(now=now)
    ContraindicationFactory(treatment=diary.treatment, question_en="", outcome="not_suitable", minimum_age=18)
    sign_draft(diary.treatment, now=diary.now)
    child = keep_patient(CONTACT, now=diary.now)
    child.birth_date = date(2015, 1, 1)
    before = bookings()
    for attempt in ({}, {"override": True}, {"reason": REASON}):
        with pytest.raises(Obstructed) as refused:
            book(diary, staff, patient=child, confirm=confirm, **attempt)
        assert refused.value.rules == rules
        assert bookings() == before
    book(diary, staff, patient=child, confirm=confirm, override=True, reason=REASON)
    line = Transition.objects.get()
    assert (line.overrode, line.reason, line.user) == (",".join(rules), REASON, staff)


def test_open_questions_keep_it_a_request_but_do_not_stop_it(now: datetime, staff: User) -> None:
    diary = Diary(now=now)
    assert book(diary, staff).state == State.REQUESTED
    with pytest.raises(Obstructed) as refused:
        book(diary, staff, start=diary.at(1, 11), confirm=True)
    assert refused.value.rules == ["screening"]


def test_a_session_without_a_consultation_needs_an_override(now: datetime, staff: User) -> None:
    diary = Diary(now=now, signed=False, kind=Kind.SESSION)
    with pytest.raises(Obstructed) as refused:
        book(diary, staff)
    assert refused.value.rules == ["consultation"]
    book(diary, staff, override=True, reason=REASON)
    assert Transition.objects.get().overrode == "consultation"


def course(diary: Diary, **values: Any) -> Course:
    consultation = diary.request(diary.at(2, 10))
    for state in (State.CONFIRMED, State.COMPLETED):
        change_state(appointment=consultation, to=state, actor=Actor.STAFF, now=diary.now)
    return Course.objects.create(
        consultation=consultation,
        treatment=diary.treatment,
        type=diary.type,
        phase="First course",
        sessions=2,
        gap_from=7,
        created_at=diary.now,
        **values,
    )


def test_a_session_of_a_course_is_booked_once(diary: Diary, staff: User) -> None:
    planned = course(diary)
    booked = book(diary, staff, place=Place(planned, 2))
    assert (booked.course, booked.session_number) == (planned, 2)
    before = bookings()
    for number in (0, 2, 3):
        with pytest.raises(ChangedMeanwhile):
            book(diary, staff, start=diary.at(1, 11), place=Place(planned, number))
    assert bookings() == before
    change_state(appointment=booked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    assert book(diary, staff, start=diary.at(1, 11), place=Place(planned, 2)).session_number == 2


def test_without_consent_a_session_of_a_course_needs_an_override(diary: Diary, staff: User) -> None:
    planned = course(diary)
    diary.type.kind = Kind.SESSION
    diary.type.save()
    with pytest.raises(Obstructed) as refused:
        book(diary, staff, place=Place(planned, 1))
    assert refused.value.rules == ["consent"]


def test_a_session_too_near_to_the_one_before_needs_an_override(diary: Diary, staff: User) -> None:
    planned = course(diary)
    book(diary, staff, place=Place(planned, 1))
    second = {"start": diary.at(3, 10), "place": Place(planned, 2)}
    with pytest.raises(Obstructed) as refused:
        book(diary, staff, **second)
    assert refused.value.rules == ["gap"]
    book(diary, staff, override=True, reason=REASON, **second)
    assert Transition.objects.latest("pk").overrode == "gap"
