"""A patient's page shows what belongs to them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Consent, Patient, WaitingEntry
from bookings.tests.admin.people.records import LIST, patients
from bookings.tests.admin.staff import member, signed_in
from bookings.tests.diary import Diary
from bookings.tests.messages import due

pytestmark = pytest.mark.django_db


def test_the_page_shows_what_belongs_to_them(diary: Diary) -> None:
    patient = patients(diary, 1)[0]
    Patient.objects.update(birth_date=date(1980, 2, 3), booked_by="Her mother", channel="sms")
    Consent.objects.create(
        patient=patient,
        kind="data",
        language="en",
        version=7,
        text="Yes",
        given_at=diary.now,
        withdrawn_at=diary.now,
    )
    WaitingEntry.objects.create(
        patient=patient, type=diary.type, treatment=diary.treatment, location=diary.location, created_at=diary.now
    )
    client = signed_in(
        member(
            "view_patient", "change_patient", "view_appointment", "view_consent", "view_waitingentry", name="everything"
        )
    )
    body = client.get(f"{LIST}{patient.pk}/change/").content.decode()
    for words in (
        'value="1980-02-03"',
        'value="Her mother"',
        "Tue 8 Dec 2026, 09:00 CET, Berlin",
        "Using the data of a booking",
        "7 December 2026",
        "Waiting",
        Appointment.objects.get().reference,
        WaitingEntry.objects.get().reference,
    ):
        assert words in body, words
    assert "Text message</option>" in body


def test_a_way_of_being_written_to_that_staff_change_holds_for_what_waits(
    client: Client, diary: Diary, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    patient = patients(diary, 1)[0]
    asked = patient.appointments.get()
    change_state(
        appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now, reason="By phone", override=True
    )
    assert due(asked)
    typed = {"name": "Ada", "email": "ada@example.com", "phone": "+4915112345678", "language": "en", "channel": "phone"}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"{LIST}{patient.pk}/change/", typed)
    assert response.status_code == 302, response.content.decode()
    assert due(asked) == {}


def test_a_record_needs_no_email_address_for_calls_and_keeps_the_text_messages_that_were_chosen(
    client: Client, diary: Diary
) -> None:
    patient = patients(diary, 1)[0]
    path = f"{LIST}{patient.pk}/change/"
    assert "Text message</option>" not in client.get(path).content.decode()
    typed = {"name": "Ada", "email": "", "phone": "+4915112345678", "language": "en"}
    refused = client.post(path, {**typed, "channel": "email"}).content.decode()
    assert "Enter an email address, or choose phone calls." in refused
    assert client.post(path, {**typed, "channel": "phone"}).status_code == 302
    patient.refresh_from_db()
    assert (patient.email, patient.channel) == ("", "phone")
    Patient.objects.update(channel="sms")
    typed["email"] = "ada@example.com"
    assert client.post(path, {**typed, "channel": "sms"}).status_code == 302


def test_consents_and_appointments_cannot_be_changed_there(admin_client: Client, diary: Diary) -> None:
    patient = patients(diary, 1)[0]
    admin_client.force_login(member("view_patient", "change_patient", "change_consent", "change_appointment"))
    body = admin_client.get(f"{LIST}{patient.pk}/change/").content.decode()
    assert 'name="consents-0-' not in body
    assert 'name="appointments-0-state' not in body
    assert "__prefix__" not in body


def test_it_costs_the_same_with_one_appointment_and_with_ten(client: Client, diary: Diary) -> None:
    client = signed_in(member("view_patient", "view_appointment", "view_consent", "view_waitingentry", name="all"))
    first = patients(diary, 1)[0]
    path = f"{LIST}{first.pk}/change/"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    def add(number: int) -> None:
        asked = diary.request(diary.at(2 + number % 3, 9 + number // 2), visitor=f"w{number}")
        Appointment.objects.filter(pk=asked.pk).update(patient=first)
        Consent.objects.create(
            patient=first,
            kind="treatment",
            treatment=diary.treatment,
            language="en",
            version=1,
            text="Yes",
            given_at=diary.now,
        )
        WaitingEntry.objects.create(
            patient=first, type=diary.type, treatment=diary.treatment, location=diary.location, created_at=diary.now
        )

    add(0)
    queries()
    one = queries()
    for number in range(1, 10):
        add(number)
    assert queries() == one


def test_nobody_deletes_a_record_by_itself(client: Client, diary: Diary) -> None:
    patient = patients(diary, 1)[0]
    assert client.post(f"{LIST}{patient.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(LIST).content.decode()
