"""No page of a booking opens before every step before it was taken; nor does any post get through."""

from itertools import product

import pytest

from bookings.models import Appointment, Patient
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.prepared import prepared, prepared_session
from bookings.tests.views.asked import ADULT, PREGNANT, asks
from bookings.tests.views.ways import (
    AGE,
    BOOK,
    CHECK,
    CONSENT,
    DETAILS,
    FREE,
    QUESTIONS,
    TIMES,
    to_appointment,
    to_check,
    to_details,
)
from bookings.views.visitor import ANSWERS, VISITOR

LATER = [BOOK, TIMES, DETAILS, CHECK]
ASKED = [QUESTIONS, f"{QUESTIONS}1/", f"{QUESTIONS}1/more/", f"{QUESTIONS}1/since/"]
# What is missing in the session, where that leads, and which pages it stops.
MISSING = [
    ("age", AGE, [CONSENT, *ASKED, *LATER]),
    ("consent", CONSENT, [*ASKED, *LATER]),
    (ANSWERS, QUESTIONS, LATER),
]
SENT = {"start": "20261208T0900Z", "reply": "no", "answer": "yes", "reference": "AAAA-AAAA", **TYPED}


@pytest.mark.parametrize(("missing", "leads", "pages"), MISSING)
def test_a_page_leads_to_the_first_step_that_is_missing(
    diary: Diary, newcomer: Visitor, missing: str, leads: str, pages: list[str]
) -> None:
    asks(diary, ADULT, PREGNANT)
    session = prepared_session(diary)
    del session[missing]
    session.save()
    newcomer.client.cookies["session"] = session.session_key
    for path, method in product(pages, ("get", "post")):
        if (path, method) in {(BOOK, "post"), (QUESTIONS, "post")}:
            continue  # they take no post at all
        response = getattr(newcomer.client, method)(path, SENT)
        assert (response.status_code, response["Location"]) == (302, leads), (path, method)
    assert not Appointment.objects.exists()
    assert set(newcomer.client.session.keys()) == set(prepared(diary)) - {missing}


def test_without_any_session_everything_begins_at_the_beginning(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ADULT, PREGNANT)
    for path in [CONSENT, *ASKED, *LATER]:
        assert newcomer.get(path).path == AGE, path


def test_what_is_held_cannot_be_sent_without_the_answers(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    sent = visitor.main.form_with("Ask for this appointment")[0].fields()
    session = visitor.client.session
    del session[ANSWERS]
    session.save()
    assert visitor.client.post(CHECK, sent)["Location"] == QUESTIONS
    assert not Patient.objects.exists()


def test_what_is_held_can_be_freed_whatever_is_missing(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    session = visitor.client.session
    for kept in set(session.keys()) - {VISITOR}:
        del session[kept]
    session.save()
    visitor.client.post(FREE)
    assert not Appointment.objects.exists()


def test_after_sending_another_booking_asks_the_questions_again_but_not_the_age_and_the_consent(
    diary: Diary, visitor: Visitor
) -> None:
    to_appointment(visitor, diary)
    for path in (BOOK, TIMES):
        assert visitor.get(path).heading == "Are you pregnant?"
    response = visitor.client.post(TIMES, {"start": "20261208T1400Z"})
    assert response["Location"] == QUESTIONS
    assert Appointment.objects.count() == 1
