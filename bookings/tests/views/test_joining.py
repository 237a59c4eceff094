"""Joining the waiting list without an appointment."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.enums import ConsentKind, EntryState
from bookings.models import Appointment, Consent, ConsentText, Patient, Screening, TimeOff, WaitingEntry
from bookings.tests.browser import PERSONAL, TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import everything, rows_of
from bookings.tests.views.ways import CONSENT, TIMES
from bookings.views import limits

JOIN = f"{TIMES}waiting/"
DETAILS = f"{JOIN}details/"
ALL = (Appointment, Consent, Patient, Screening, WaitingEntry)


@pytest.fixture
def full(diary: Diary) -> Diary:
    """Nothing is free for a year."""
    TimeOff.objects.create(
        practitioner=diary.practitioner,
        location=diary.location,
        starts_at=diary.now,
        ends_at=diary.now + timedelta(days=365),
    )
    return diary


def to_details(visitor: Visitor, **wishes: Any) -> Visitor:
    visitor.get(JOIN)
    return visitor.arrive(visitor.client.post(JOIN, wishes, follow=True), JOIN)


def sent(visitor: Visitor) -> dict[str, str]:
    """What the button would send once all is typed."""
    return visitor.main.form_with("Join the waiting list")[0].fields() | TYPED


def test_from_a_calendar_without_free_times_to_a_page_of_ones_own(full: Diary, visitor: Visitor) -> None:
    visitor.get(TIMES).follow("Join the waiting list")
    assert (visitor.path, visitor.heading) == (JOIN, "Join the waiting list")
    assert "we hold it for you for 120 minutes" in visitor.main.text
    assert "We tell you by email, by text message or with a call, as you choose" in visitor.main.text
    to_details(visitor, weekdays=["1", "2"], parts=["morning"])
    assert (visitor.path, visitor.heading) == (DETAILS, "Your details")
    visitor.press("Join the waiting list", **TYPED)
    entry = WaitingEntry.objects.get()
    assert (visitor.path, visitor.heading) == (entry.patient_path(), "You are on the waiting list")
    assert (entry.patient.name, entry.weekdays, entry.parts, entry.appointment, entry.state) == (
        TYPED["name"],
        [1, 2],
        ["morning"],
        None,
        EntryState.WAITING,
    )
    assert (entry.type, entry.treatment, entry.location) == (full.type, full.treatment, full.location)
    assert entry.screening.patient == entry.patient
    assert set(entry.patient.consents.values_list("kind", flat=True)) == {ConsentKind.DATA, ConsentKind.TERMS}
    assert not Appointment.objects.exists()


def test_from_a_calendar_whose_times_do_not_suit(visitor: Visitor) -> None:
    assert visitor.get(TIMES).main.all("button", class_="slot")
    visitor.follow("Join the waiting list")
    assert (visitor.path, visitor.heading) == (JOIN, "Join the waiting list")


def test_until_which_day_is_kept_from_one_page_to_the_next(full: Diary, visitor: Visitor) -> None:
    last_day = {"last_day_day": "9", "last_day_month": "12", "last_day_year": "2026"}
    to_details(visitor, **last_day)
    assert visitor.path == DETAILS
    assert visitor.get(JOIN).main.form_with("Continue")[0].fields().items() >= last_day.items()
    visitor.press("Continue").press("Join the waiting list", **TYPED)
    assert WaitingEntry.objects.get().last_day == date(2026, 12, 9)
    assert "Wednesday 9 December 2026" in visitor.main.text


def test_a_last_day_that_does_not_exist_or_is_over_asks_again(full: Diary, visitor: Visitor) -> None:
    for day, month in (("31", "11"), ("6", "12")):
        to_details(visitor, last_day_day=day, last_day_month=month, last_day_year="2026")
        assert (visitor.status, visitor.path, visitor.title[:6]) == (422, JOIN, "Error:")
    assert visitor.get(DETAILS).path == JOIN


def test_the_session_keeps_nothing_of_it_but_where_it_is(full: Diary, visitor: Visitor) -> None:
    to_details(visitor).press("Join the waiting list", **TYPED)
    kept = str(dict(visitor.client.session.items()))
    assert not [word for word in [*PERSONAL, "answers"] if word in kept]


def test_sent_twice_it_joins_once_and_both_see_it(full: Diary, visitor: Visitor) -> None:
    form = sent(to_details(visitor))
    there = visitor.client.post(DETAILS, form)["Location"]
    before = rows_of(*ALL)
    assert visitor.client.post(DETAILS, form)["Location"] == there
    assert visitor.client.get(DETAILS)["Location"] == there
    assert rows_of(*ALL) == before


def test_whoever_was_not_asked_yet_is_asked_first(full: Diary, newcomer: Visitor) -> None:
    for path in (JOIN, DETAILS):
        assert newcomer.get(path).path == CONSENT
        assert newcomer.client.post(path, TYPED).status_code == 302
    assert not WaitingEntry.objects.exists()


def test_details_without_wishes_lead_back_to_them(full: Diary, visitor: Visitor) -> None:
    assert visitor.get(DETAILS).path == JOIN


def test_opening_its_pages_changes_nothing(full: Diary, visitor: Visitor) -> None:
    to_details(visitor)
    before = everything()
    for path in (JOIN, DETAILS):
        for method in ("get", "head", "options", "put", "delete"):
            getattr(visitor.client, method)(path)
            getattr(Client(), method)(path)
    assert everything() == before


def test_a_mistake_asks_again_and_keeps_what_was_typed(full: Diary, visitor: Visitor) -> None:
    to_details(visitor).press("Join the waiting list", **{**TYPED, "email": "ada"})
    assert (visitor.status, visitor.title[:6]) == (422, "Error:")
    assert visitor.main.one("input", name="name").get("value") == TYPED["name"]
    assert visitor.get(DETAILS).main.one("input", name="name").get("value") == TYPED["name"]
    assert not WaitingEntry.objects.exists()


def test_whoever_is_quicker_than_anyone_is_asked_once_more_and_then_believed(
    full: Diary, visitor: Visitor, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LEAST", timedelta(seconds=3))
    to_details(visitor)
    clock.shift(timedelta(seconds=2.9))
    visitor.press("Join the waiting list", **TYPED)
    assert (visitor.status, visitor.path, visitor.title[:6]) == (422, DETAILS, "Error:")
    quick = "That was very quick. Please check and press the button again."
    assert visitor.main.one("div", class_="error-summary").one("li").text == quick
    assert visitor.main.form_with("Join the waiting list")[0].fields().items() >= TYPED.items()
    assert not WaitingEntry.objects.exists()
    visitor.press("Join the waiting list")
    assert visitor.path == WaitingEntry.objects.get().patient_path()


def test_three_seconds_are_enough(
    full: Diary, visitor: Visitor, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LEAST", timedelta(seconds=3))
    to_details(visitor)
    clock.shift(timedelta(seconds=3))
    assert visitor.press("Join the waiting list", **TYPED).path == WaitingEntry.objects.get().patient_path()


def test_terms_that_changed_are_shown_first(full: Diary, visitor: Visitor) -> None:
    to_details(visitor)
    ConsentText.objects.create(kind=ConsentKind.TERMS, language="en", text="New terms.", created_at=full.now)
    visitor.press("Join the waiting list", **TYPED)
    assert visitor.status == 409
    assert "Our terms have changed" in visitor.main.text
    assert not WaitingEntry.objects.exists()
    visitor.press("Join the waiting list", **TYPED)
    assert Consent.objects.get(kind=ConsentKind.TERMS).text == "New terms."


def test_strangers_see_nothing_of_it(full: Diary, visitor: Visitor) -> None:
    to_details(visitor).press("Join the waiting list", **{**TYPED, "email": "wrong"})
    stranger = Visitor()
    for path in (JOIN, DETAILS):
        stranger.get(path)
        for word in PERSONAL:
            assert word not in stranger.response.content.decode()


def test_a_form_of_another_site_joins_nobody(full: Diary, visitor: Visitor) -> None:
    form = sent(to_details(visitor))
    visitor.client.handler.enforce_csrf_checks = True
    before = rows_of(*ALL)
    form.pop("csrfmiddlewaretoken")
    assert visitor.client.post(DETAILS, form).status_code == 403
    assert rows_of(*ALL) == before


def test_its_pages_are_neither_stored_nor_indexed(full: Diary, visitor: Visitor) -> None:
    for path in (JOIN, to_details(visitor).path):
        visitor.get(path)
        assert "no-store" in visitor.response["Cache-Control"]
        assert visitor.page.one("meta", name="robots").get("content") == "noindex"
