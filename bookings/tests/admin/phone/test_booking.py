"""Booking for whoever calls: a free time, the rules in words, and nothing typed is lost."""

from datetime import date, timedelta

import pytest
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, Kind, State
from bookings.models import Appointment, Course, Patient, Transition
from bookings.templatetags.diary import instant
from bookings.tests.admin.phone.desk import ADD, NEW, book, show
from bookings.tests.admin.staff import looker, signed_in
from bookings.tests.diary import Diary
from bookings.tests.factories import AppointmentTypeFactory
from treatments.tests.factories import ContraindicationFactory, TreatmentFactory
from treatments.tests.pages import sign_draft

pytestmark = pytest.mark.django_db


def test_free_times_lead_to_the_patient(desk: Client, diary: Diary) -> None:
    assert "Show free times" in desk.get(ADD).content.decode()
    times = show(desk, diary, start="", day="2026-12-08")
    assert f"start={instant(diary.at(1, 10))}" in times
    soon = diary.now + timedelta(minutes=30)
    assert f"start={instant(soon)}" in show(desk, diary, start="")
    assert "A new patient" in show(desk, diary)


def test_only_what_fits_together_can_be_booked(desk: Client, diary: Diary) -> None:
    other = TreatmentFactory()
    diary.type.treatments.set([diary.treatment])
    assert "This is not offered for the treatment." in show(desk, diary, treatment=other.pk)
    lonely = AppointmentTypeFactory()
    assert "Nobody does this here." in show(desk, diary, type=lonely.pk)
    lonely.practitioners.set(diary.practitioners[:1])
    assert "They do not do this here." in show(desk, diary, type=lonely.pk, practitioner=diary.practitioners[1].pk)
    overview = TreatmentFactory(is_overview=True)
    session = AppointmentTypeFactory(kind=Kind.SESSION, practitioners=diary.practitioners)
    assert "Choose one of the treatments below it" in show(desk, diary, treatment=overview.pk, type=session.pk)
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": " \u202e"}, "This field is required."),
        ({"birth_date": "2027-01-01"}, "Check the year."),
        ({"birth_date": "1850-01-01"}, "Check the year."),
        ({"phone": "12"}, "Enter a valid phone number"),
        ({"email": "zoe"}, "Enter a valid email address."),
        ({"language": "fa"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_right_is_asked_again_and_the_rest_is_kept(
    desk: Client, diary: Diary, typed: dict[str, str], says: str
) -> None:
    body = book(desk, diary, {**NEW, "booked_by": "Her mother", **typed})
    assert says in body
    assert 'value="Her mother"' in body
    assert not Patient.objects.exists()


def test_a_taken_time_offers_the_nearest_and_keeps_what_was_typed(desk: Client, diary: Diary) -> None:
    for number, person in enumerate(diary.practitioners):
        diary.request(diary.at(1, 10), visitor=f"v{number}", practitioner=person)
    typed = {**NEW, "start": instant(diary.at(1, 10))}
    body = book(desk, diary, typed)
    assert "This time was taken meanwhile" in body
    assert 'value="Zoe Test"' in body
    near = instant(diary.at(1, 10, 30))
    assert f'name="start" value="{near}"' in body
    book(desk, diary, {**typed, "start": near})
    assert Appointment.objects.get(patient__name="Zoe Test").starts_at == diary.at(1, 10, 30)


def test_a_rule_is_shown_in_words_and_takes_a_reason(desk: Client, diary: Diary) -> None:
    ContraindicationFactory(treatment=diary.treatment, question_en="", outcome="not_suitable", minimum_age=18)
    sign_draft(diary.treatment, now=diary.now)
    child = {**NEW, "birth_date": "2015-01-01"}
    for typed in ({}, {"reason": "Her mother agreed"}, {"rules": "age"}, {"rules": "wait", "reason": "So"}):
        body = book(desk, diary, {**child, **typed})
        assert "The patient is too young on that day." in body
        assert "Book all the same" in body
        assert 'value="Zoe Test"' in body
    assert not Appointment.objects.exists()
    book(desk, diary, {**child, "rules": "age", "reason": "Her mother agreed"})
    line = Transition.objects.get()
    assert (line.overrode, line.reason) == ("age", "Her mother agreed")


def test_confirming_at_once_stops_at_open_questions(desk: Client, diary: Diary) -> None:
    body = book(desk, diary, {**NEW, "confirm": "on"})
    assert "The questions before the visit have not been answered." in body
    book(desk, diary, {**NEW, "confirm": "on", "rules": "screening", "reason": "Answered on paper"})
    booked = Appointment.objects.get()
    assert booked.state == State.CONFIRMED
    assert Transition.objects.get().overrode == "screening"


def test_a_session_can_be_one_of_the_patients_course(desk: Client, diary: Diary) -> None:
    consultation = diary.request(diary.at(2, 10))
    for state in (State.CONFIRMED, State.COMPLETED):
        change_state(appointment=consultation, to=state, actor=Actor.STAFF, now=diary.now, reason="Came", override=True)
    session = AppointmentTypeFactory(kind=Kind.SESSION, practitioners=diary.practitioners)
    Course.objects.create(
        consultation=consultation,
        treatment=diary.treatment,
        type=session,
        phase="First course",
        sessions=2,
        gap_from=7,
        created_at=diary.now,
    )
    Patient.objects.update(birth_date=date(1980, 2, 3))
    course, patient = Course.objects.get(), consultation.patient_id
    body = show(desk, diary, type=session.pk, patient=patient)
    assert "2 of 2: First course" in body
    assert "First course" not in show(desk, diary, patient=patient)
    typed = {"session": f"{course.pk}-2"}
    body = book(desk, diary, typed, type=session.pk, patient=patient)
    assert "The patient has not agreed to the treatment yet." in body
    book(desk, diary, {**typed, "rules": "consent", "reason": "Signed on paper"}, type=session.pk, patient=patient)
    booked = course.appointments.get()
    assert (booked.session_number, booked.patient_id) == (2, patient)
    body = show(desk, diary, type=session.pk, patient=patient)
    assert "1 of 2: First course" in body
    assert "2 of 2: First course" not in body


def test_only_those_who_may_add_appointments_book(diary: Diary) -> None:
    path = f"{ADD}?treatment={diary.treatment.pk}"
    assert "/admin/login/" in Client().get(path)["Location"]
    assert "/admin/login/" in Client().post(path, NEW)["Location"]
    client = signed_in(looker())
    assert client.get(path).status_code == client.post(path, NEW).status_code == 403
    assert not Appointment.objects.exists()
