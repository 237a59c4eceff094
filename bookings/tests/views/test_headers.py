"""What booking pages tell browsers, caches and search engines, and what they refuse to read."""

from collections.abc import Callable

import pytest

from bookings.models import Appointment
from bookings.templatetags.diary import instant
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import bookings, everything
from bookings.tests.views.ways import (
    BOOK,
    CHECK,
    CONSENT,
    DETAILS,
    FREE,
    KEEP,
    TIMES,
    fields,
    to_appointment,
    to_check,
    to_details,
    to_times,
)

Way = Callable[[Visitor, Diary], Visitor]
MEGABYTE = 1024 * 1024


def nothing(visitor: Visitor, diary: Diary) -> Visitor:
    return visitor


@pytest.mark.parametrize("way", [nothing, to_details, to_check, to_appointment])
def test_no_page_of_a_booking_is_stored_or_indexed(diary: Diary, visitor: Visitor, way: Way) -> None:
    way(visitor, diary)
    own = [one.patient_path() for one in Appointment.objects.exclude(patient=None)]
    for path in ["/en/book/", BOOK, TIMES, DETAILS, CHECK, *own]:
        response = visitor.client.get(path)
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        if response.status_code == 200:  # and not a redirect
            visitor.arrive(response, path)
            assert visitor.page.one("meta", name="robots").get("content") == "noindex"
            assert not visitor.page.all("link", rel="canonical")


def test_the_answers_to_posts_are_not_stored_either(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    diary.request(diary.at(1, 12), visitor="another")
    lost = visitor.client.post(TIMES, {"start": instant(diary.at(1, 12))})
    for response in (lost, visitor.client.post(DETAILS, {}), visitor.client.post(KEEP)):
        assert "no-store" in response["Cache-Control"]
    assert lost.status_code == 409


def test_the_appointments_page_leads_nowhere_else_by_itself(diary: Diary, visitor: Visitor) -> None:
    response = to_appointment(visitor, diary).response
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"


def test_every_post_needs_a_token_of_our_own_pages(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    sent = {"reference": Appointment.objects.get().reference, "start": instant(diary.at(1, 15)), **TYPED}
    visitor.client.handler.enforce_csrf_checks = True
    before = everything()
    for path in (TIMES, DETAILS, CHECK, KEEP, FREE):
        visitor.arrive(visitor.client.post(path, sent), path)
        assert (visitor.status, visitor.heading) == (403, "This page stayed closed")
        assert "Nothing was booked or changed." in visitor.main.text
    assert everything() == before


def test_with_the_tokens_of_its_forms_the_whole_way_works(diary: Diary) -> None:
    visitor = Visitor(enforce_csrf_checks=True)
    visitor.get(BOOK).passes_the_questions()
    assert fields(visitor)["csrfmiddlewaretoken"]
    visitor.press("14:30").press("Hold it for longer").press("Continue", **TYPED).press("Hold it for longer")
    assert visitor.press("Ask for this appointment").heading == "We have your request"


def test_every_form_carries_its_token(diary: Diary) -> None:
    visitor = Visitor(enforce_csrf_checks=True)
    visitor.get(BOOK)
    while visitor.heading != "Choose a time":
        assert visitor.main.one("form").fields()["csrfmiddlewaretoken"]
        visitor.press("Continue", **({"agree": "on"} if visitor.path == CONSENT else {"reply": "no"}))
    for button in ("14:30", "Continue", "Ask for this appointment"):
        for form in visitor.main.all("form"):
            assert form.fields()["csrfmiddlewaretoken"]
        visitor.press(button, **(TYPED if button == "Continue" else {}))


@pytest.mark.parametrize("path", [TIMES, DETAILS, CHECK, KEEP, FREE])
def test_ten_megabytes_are_too_large(diary: Diary, path: str) -> None:
    visitor = Visitor(enforce_csrf_checks=True)
    to_times(visitor, diary).press("14:30")
    before = bookings()
    body = b"name=" + b"x" * 10 * MEGABYTE
    response = visitor.client.generic("POST", path, body, content_type="application/x-www-form-urlencoded")
    visitor.arrive(response, path)
    assert (visitor.status, visitor.heading) == (413, "We could not read that")
    assert "What was sent is too large." in visitor.main.text
    assert bookings() == before
    assert "x" * 1000 not in str(visitor.client.session.items())


def test_a_large_field_in_many_parts_is_too_large_as_well(diary: Diary) -> None:
    client = to_details(Visitor(), diary).client
    response = client.post(DETAILS, {**TYPED, "name": "x" * 3 * MEGABYTE})  # multipart/form-data
    assert response.status_code == 413


def test_what_is_kept_of_very_long_answers_is_short(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    visitor.client.post(DETAILS, {**TYPED, "name": "x" * MEGABYTE})
    assert len(str(dict(visitor.client.session.items()))) < 10_000
