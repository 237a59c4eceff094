"""What strangers, scanners and other links get, and what stays out of caches and logs."""

import logging
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client

from bookings import links
from bookings.enums import EntryState
from bookings.models import Appointment, PlaceOffer, WaitingEntry
from bookings.models.appointment import new_secret
from bookings.tests.actions.waiting import waiting
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import everything
from bookings.tests.views.waiting.paths import actions, wait_path
from clinic.logs import WithoutTokens
from clinic.models import Clinic


def test_promise_15_opening_its_pages_changes_nothing(asked: Appointment, offer: PlaceOffer, diary: Diary) -> None:
    before = everything()
    for path in (offer.entry.patient_path(), wait_path(asked), asked.patient_path()):
        assert Client().get(path).status_code == Client().head(path).status_code == 200
    for path in actions(offer.entry):
        for method in ("get", "head", "options", "put", "delete"):
            assert getattr(Client(), method)(path).status_code == 405
    assert everything() == before


def test_an_offer_of_someone_else_cannot_be_taken_or_declined(first_place: PlaceOffer, diary: Diary) -> None:
    stranger = waiting(diary, "Mallory")
    before = everything()
    for key in (first_place.pk, "", "x", "\x00", "9" * 30, "٣", -1):
        for path, status in zip(actions(stranger)[:2], (409, 302), strict=True):
            assert Client().post(path, {"offer": key}).status_code == status, key
    assert everything() == before


def test_a_token_of_one_kind_opens_nothing_of_the_other(asked: Appointment, diary: Diary) -> None:
    entry = waiting(diary, appointment=asked)
    of_entry = entry.patient_path().split("/")[-2]
    of_appointment = asked.patient_path().split("/")[-2]
    for path in (f"/en/appointments/{of_entry}/", f"/en/waiting/{of_appointment}/"):
        assert Client().get(path).status_code == 404
    # Even with the same reference.
    WaitingEntry.objects.filter(pk=entry.pk).update(reference=asked.reference)
    assert Client().get(f"/en/waiting/{of_appointment}/").status_code == 404


def test_other_links_are_answered_alike_whatever_is_asked(first_place: PlaceOffer) -> None:
    entry = first_place.entry
    good = links.make_token(reference=entry.reference, secret=entry.link_secret)
    WaitingEntry.objects.update(link_secret=new_secret())
    before, answers = everything(), set()
    for token in (good, f"{entry.reference}.{'0' * 40}", "ZZZZ-ZZZZ.0", "é", "\x00", "A" * 5000):
        answers.add(Client().get(f"/en/waiting/{token}/").content)
        for action in ("take", "decline", "leave"):
            response = Client().post(f"/en/waiting/{token}/{action}/", {"offer": first_place.pk})
            assert response.status_code == 404
            answers.add(response.content)
    answers.add(Client().get("/en/appointments/wrong/").content)
    assert len(answers) == 1
    assert everything() == before


def test_the_link_of_who_no_longer_waits_closes_after_half_a_year(diary: Diary, clock: time_machine.Traveller) -> None:
    entry = waiting(diary)
    clock.shift(timedelta(days=181))
    assert Client().get(entry.patient_path()).status_code == 200
    WaitingEntry.objects.update(state=EntryState.LEFT)
    assert Client().get(entry.patient_path()).status_code == 404


def test_forms_of_another_site_change_nothing(first_place: PlaceOffer, asked: Appointment) -> None:
    before = everything()
    for path in [*actions(first_place.entry), wait_path(asked)]:
        assert Client(enforce_csrf_checks=True).post(path, {"offer": first_place.pk}).status_code == 403
    assert everything() == before


def test_its_pages_are_neither_stored_nor_indexed(asked: Appointment, offer: PlaceOffer, visitor: Visitor) -> None:
    for path in (offer.entry.patient_path(), wait_path(asked)):
        visitor.get(path)
        assert "no-store" in visitor.response["Cache-Control"]
        assert visitor.response["Referrer-Policy"] == "same-origin"
        assert visitor.page.one("meta", name="robots").get("content") == "noindex"


def test_its_pages_cost_few_queries(asked: Appointment, offer: PlaceOffer, django_assert_max_num_queries: Any) -> None:
    Clinic.objects.update(languages=["en"])
    with django_assert_max_num_queries(7):
        Client().get(offer.entry.patient_path())
    with django_assert_max_num_queries(9):
        Client().get(wait_path(asked))


def test_its_token_stays_out_of_the_log(diary: Diary) -> None:
    path = waiting(diary).patient_path()
    record = logging.LogRecord("django", logging.ERROR, "", 1, "broken: %stake/", (path,), None)
    assert WithoutTokens().filter(record)
    assert record.getMessage() == "broken: /en/waiting/…/take/"
