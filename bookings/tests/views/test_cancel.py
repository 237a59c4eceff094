"""Cancelling from the patient's link."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, ConsentKind, State
from bookings.models import Appointment, Consent
from bookings.tests.actions.states import WAYS
from bookings.tests.answered import answered
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import everything
from clinic.enums import LateChanges
from clinic.models import Clinic


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """The day after tomorrow at ten."""
    asked = diary.request(diary.at(2, 10))
    answered(asked)
    return asked


def path(asked: Appointment) -> str:
    return f"{asked.patient_path()}cancel/"


def test_the_page_says_what_will_happen_and_the_button_does_it(asked: Appointment, visitor: Visitor) -> None:
    visitor.get(asked.patient_path()).follow("Cancel it")
    assert visitor.heading == "Cancel the appointment?"
    for said in ("Wednesday 9 December 2026, 10:00", "the time is free for others at once", "cannot be taken back"):
        assert said in visitor.main.text
    visitor.press("Cancel the appointment")
    assert (visitor.path, visitor.heading) == (asked.patient_path(), "This appointment is cancelled")
    asked.refresh_from_db()
    assert (asked.state, asked.claims.count(), asked.transitions.latest("pk").actor) == (
        State.CANCELLED,
        0,
        Actor.PATIENT,
    )


def test_a_reason_may_be_given_and_is_kept_in_the_log(asked: Appointment, visitor: Visitor) -> None:
    visitor.get(path(asked))
    assert "Reason (optional)" in visitor.main.text
    assert "Please write nothing about your health." in visitor.main.text
    visitor.press("Cancel the appointment", reason=" I am   away\x00. ")
    assert asked.transitions.latest("pk").reason == "I am away ."


def test_a_reason_that_is_too_long_asks_again_and_cancels_nothing(asked: Appointment, visitor: Visitor) -> None:
    visitor.get(path(asked)).press("Cancel the appointment", reason="x" * 251)
    assert visitor.status == 422
    assert visitor.title.startswith("Error: ")
    assert visitor.main.one("div", class_="error-summary").one("a").text == "Enter a reason of at most 250 characters"
    assert Appointment.objects.get().state == State.REQUESTED


def test_promise_15_opening_it_changes_nothing(asked: Appointment, visitor: Visitor) -> None:
    before = everything()
    for method in ("get", "head", "options", "put", "delete", "patch"):
        getattr(visitor.client, method)(path(asked))
    assert everything() == before


def test_sent_twice_it_is_cancelled_once(asked: Appointment, visitor: Visitor) -> None:
    visitor.client.post(path(asked))
    before = everything()
    visitor.arrive(visitor.client.post(path(asked), {"reason": "again"}, follow=True), path(asked))
    assert (visitor.path, visitor.heading) == (asked.patient_path(), "This appointment is cancelled")
    assert visitor.get(path(asked)).path == asked.patient_path()
    assert everything() == before


def test_whoever_is_late_is_asked_to_call(asked: Appointment, visitor: Visitor, clock: time_machine.Traveller) -> None:
    visitor.get(path(asked))
    clock.move_to(asked.starts_at - timedelta(hours=24))
    before = everything()
    for response in (visitor.client.get(path(asked)), visitor.client.post(path(asked))):
        visitor.arrive(response, path(asked))
        assert (visitor.status, visitor.heading) == (409, "Please call us")
        for said in ("In the last 24 hours before it", "+49 30 23125001", asked.reference):
            assert said in visitor.main.text
    assert everything() == before


def test_where_the_clinic_allows_it_late_it_says_so_with_the_terms(
    asked: Appointment, visitor: Visitor, clock: time_machine.Traveller, diary: Diary
) -> None:
    Clinic.objects.update(late_changes=LateChanges.ALLOWED)
    terms = {"kind": ConsentKind.TERMS, "language": "en", "version": 1, "text": "After that, half is due.", "hash": "0"}
    Consent.objects.create(patient=asked.patient, appointment=asked, given_at=diary.now, **terms)
    assert "It is late" not in visitor.get(path(asked)).main.text
    clock.move_to(asked.starts_at - timedelta(hours=24))
    visitor.get(path(asked))
    assert "It is late: less than 24 hours before the start." in visitor.main.text
    assert "After that, half is due." in visitor.main.text
    visitor.press("Cancel the appointment")
    assert visitor.heading == "This appointment is cancelled"


@pytest.mark.parametrize("state", [State.DECLINED, State.LAPSED, State.ARRIVED, State.COMPLETED, State.NO_SHOW])
def test_what_is_over_leads_to_its_page(asked: Appointment, visitor: Visitor, diary: Diary, state: State) -> None:
    for step in WAYS[state]:
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    before = everything()
    for method in ("get", "post"):
        response = getattr(visitor.client, method)(path(asked))
        assert (response.status_code, response["Location"]) == (302, asked.patient_path())
    assert everything() == before


def test_a_form_of_another_site_cancels_nothing(asked: Appointment) -> None:
    before = everything()
    assert Client(enforce_csrf_checks=True).post(path(asked)).status_code == 403
    assert everything() == before


def test_the_page_is_neither_stored_nor_indexed(asked: Appointment, visitor: Visitor) -> None:
    visitor.get(path(asked))
    assert "no-store" in visitor.response["Cache-Control"]
    assert visitor.response["Referrer-Policy"] == "same-origin"
    assert visitor.page.one("meta", name="robots").get("content") == "noindex"


def test_it_costs_few_queries(asked: Appointment, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(6):
        Client().get(path(asked))
