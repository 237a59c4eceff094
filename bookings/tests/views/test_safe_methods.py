"""Reading changes nothing, and what changes something needs a form: mail scanners open every link."""

from collections.abc import Callable
from itertools import product

import pytest
from django.test import Client

from bookings.models import Appointment
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import everything
from bookings.tests.views.ways import (
    AGE,
    BOOK,
    CHECK,
    CONSENT,
    DETAILS,
    FREE,
    KEEP,
    QUESTIONS,
    TIMES,
    to_appointment,
    to_check,
    to_details,
)

ASKED = [AGE, CONSENT, QUESTIONS, f"{QUESTIONS}1/", f"{QUESTIONS}1/more/", f"{QUESTIONS}1/since/"]
PAGES = ["/en/book/", BOOK, *ASKED, TIMES, f"{TIMES}?day=2026-12-10", f"{TIMES}?month=2027-01", DETAILS, CHECK]
Way = Callable[[Visitor, Diary], Visitor]


def nothing(visitor: Visitor, diary: Diary) -> Visitor:
    return visitor


@pytest.mark.parametrize("way", [nothing, to_details, to_check, to_appointment])
def test_get_and_head_change_nothing_however_far_a_visitor_has_come(diary: Diary, visitor: Visitor, way: Way) -> None:
    way(visitor, diary)
    paths = PAGES + [one.patient_path() for one in Appointment.objects.exclude(patient=None)]
    before = everything()
    for path in paths:
        got, head, scanned = visitor.client.get(path), visitor.client.head(path), Client().get(path)
        assert got.status_code == head.status_code < 400
        assert scanned.status_code < 400
        assert head.content == b""
    assert everything() == before


def test_reading_sets_no_session_cookie(diary: Diary, newcomer: Visitor) -> None:
    for path in PAGES:
        newcomer.get(path)
    assert "session" not in newcomer.client.cookies


def test_keeping_and_freeing_need_a_post(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    before = everything()
    for path, method in product((KEEP, FREE), ("get", "head", "options", "put", "delete")):
        response = getattr(visitor.client, method)(path)
        assert (response.status_code, response["Allow"]) == (405, "POST"), (path, method)
    assert everything() == before


def test_the_steps_take_no_other_method(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    before = everything()
    for path, method in product(
        (AGE, CONSENT, f"{QUESTIONS}1/", TIMES, DETAILS, CHECK), ("put", "patch", "delete", "options")
    ):
        assert getattr(visitor.client, method)(path).status_code == 405, (path, method)
    assert everything() == before


def test_pages_that_only_show_take_no_post(diary: Diary, visitor: Visitor) -> None:
    to_appointment(visitor, diary)
    before = everything()
    for path in ("/en/book/", BOOK, QUESTIONS, visitor.path):
        # The page of one treatment says so, or leads on to its only location; neither takes anything.
        assert visitor.client.post(path, {"state": "cancelled"}).status_code == 405
    assert everything() == before
