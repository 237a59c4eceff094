"""Whoever calls is new, or is found among those who are known."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.actions.booking import keep_patient
from bookings.enums import Actor, Channel, Need, State
from bookings.models import Appointment, Patient, Transition
from bookings.tests.admin.phone.desk import ADD, NEW, book, chosen, show
from bookings.tests.admin.staff import member, signed_in
from bookings.tests.diary import CONTACT, Diary

pytestmark = pytest.mark.django_db


def test_a_new_patient_is_booked_and_screening_is_due(desk: Client, diary: Diary) -> None:
    body = book(desk, diary, {**NEW, "needs": ["interpreter", "chaperone"], "booked_by": "Her mother"})
    booked = Appointment.objects.get()
    assert f"Tell the patient the reference: {booked.reference}." in body
    assert "Screening due" in body
    assert (booked.state, booked.starts_at) == (State.REQUESTED, diary.at(1, 10))
    assert booked.needs == [Need.INTERPRETER, Need.CHAPERONE]
    patient = booked.patient
    assert (patient.name, patient.birth_date, patient.channel) == ("Zoe Test", date(1990, 5, 1), Channel.PHONE)
    assert (patient.phone.as_e164, patient.booked_by) == ("+4915199999999", "Her mother")
    line = Transition.objects.get()
    assert (line.actor, line.user) == (Actor.STAFF, User.objects.get(username="desk"))
    assert LogEntry.objects.get().object_id == str(booked.pk)


def test_a_caller_without_an_email_address_is_booked_and_called(desk: Client, diary: Diary) -> None:
    typed = {**NEW, "email": ""}
    assert "Enter an email address, or choose phone calls." in book(desk, diary, {**typed, "channel": "email"})
    assert "Select a valid choice." in book(desk, diary, {**typed, "channel": "sms"})
    assert not Patient.objects.exists()
    body = book(desk, diary, typed)
    patient = Patient.objects.get()
    assert (patient.email, patient.channel) == ("", Channel.PHONE)
    assert "mailto:" not in body
    assert {one.channel for one in patient.messages.all()} == {Channel.PHONE}
    # Whoever gave no address shares none with others.
    assert list(Patient.objects.reached_by(email="", phone="+4930111111")) == []
    assert list(Patient.objects.reached_by(email="", phone=patient.phone.as_e164)) == [patient]


@pytest.mark.parametrize("wanted", ["ada", "ADA@example.com", "0151 1234", "151-12345678", "reference"])
def test_someone_known_is_found_by_name_email_phone_or_reference(desk: Client, diary: Diary, wanted: str) -> None:
    asked = diary.request(diary.at(2, 10))
    text = asked.reference.lower() if wanted == "reference" else wanted
    body = show(desk, diary, q=text)
    assert f"patient={asked.patient_id}" in body
    assert "Nobody was found." in show(desk, diary, q="Grace")


def test_someone_known_stays_one_and_a_missing_birth_date_is_asked_for(desk: Client, diary: Diary) -> None:
    patient = keep_patient(CONTACT, now=diary.now)
    assert "Date of birth" in show(desk, diary, patient=patient.pk)
    assert "This field is required." in book(desk, diary, {}, patient=patient.pk)
    book(desk, diary, {"birth_date": "1980-02-03"}, patient=patient.pk)
    assert Patient.objects.get().birth_date == date(1980, 2, 3)
    assert Appointment.objects.get().patient == patient
    assert "Date of birth" not in show(desk, diary, patient=patient.pk)
    assert desk.get(ADD, chosen(diary, patient="999")).status_code == 404


def test_who_may_not_look_at_patients_finds_none(diary: Diary) -> None:
    patient = keep_patient(CONTACT, now=diary.now)
    client = signed_in(member("add_appointment"))
    body = show(client, diary, q="Ada", patient=patient.pk)
    assert CONTACT.name not in body
    assert "A new patient" in body


def test_many_patients_found_cost_no_more_queries(desk: Client, diary: Diary) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            show(desk, diary, q="Ada")
        return len(captured)

    keep_patient(CONTACT, now=diary.now)
    queries()
    one = queries()
    for _number in range(9):
        keep_patient(CONTACT, now=diary.now)
    assert queries() == one
