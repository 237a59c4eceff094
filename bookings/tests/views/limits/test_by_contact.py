"""How often one contact may ask, from wherever."""

from dataclasses import replace

import pytest
from django.test import RequestFactory

from bookings.enums import State
from bookings.models import Appointment
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import CONTACT, Diary
from bookings.tests.views.limits.saying import SEND, WAIT, says_to_wait
from bookings.tests.views.ways import CHECK, to_details
from bookings.views import limits
from clinic.models import Clinic


def send_as(visitor: Visitor, diary: Diary, day: int, **typed: str) -> Visitor:
    to_details(visitor, diary, diary.at(day, 10)).press("Continue", **{**TYPED, **typed})
    return visitor.press(SEND)


def cancelled_at_once() -> None:
    """Nobody waits for an answer any more, and still it was a request."""
    Appointment.objects.filter(state=State.REQUESTED).update(state=State.CANCELLED)


def test_promise_17_one_contact_cannot_ask_and_cancel_all_the_time_from_wherever(diary: Diary) -> None:
    Clinic.objects.update(open_requests_per_contact=1)
    for number in (1, 2):
        send_as(Visitor(REMOTE_ADDR=f"192.0.2.{number}"), diary, number)
        cancelled_at_once()
    assert Appointment.objects.filter(state=State.CANCELLED).count() == 2
    late = send_as(Visitor(REMOTE_ADDR="192.0.2.3"), diary, 3)
    says_to_wait(late, 60)
    assert "Under this email address or phone number, appointments were asked for very often" in late.main.text
    assert late.main.link("Go back") == CHECK


@pytest.mark.parametrize(
    ("other", "heading"),
    [
        ({"email": "ADA@Example.com", "phone": "030 23125001"}, WAIT),
        ({"email": "grace@example.com"}, WAIT),
        ({"email": "grace@example.com", "phone": "030 23125001"}, "We have your request"),
    ],
)
def test_the_address_and_the_number_each_count(diary: Diary, other: dict[str, str], heading: str) -> None:
    Clinic.objects.update(open_requests_per_contact=1)
    for number in (1, 2):
        send_as(Visitor(), diary, number)
        cancelled_at_once()
    assert send_as(Visitor(), diary, 3, **other).heading == heading


def test_callers_without_an_email_address_are_not_taken_for_one(db: None, rf: RequestFactory) -> None:
    request, clinic = rf.get("/"), Clinic(open_requests_per_contact=1)
    callers = [replace(CONTACT, email="", phone=f"+4930231250{number:02}") for number in range(4)]
    assert not any(limits.stop_asking(request, clinic, one, back="/") for one in callers)
