"""Nobody sees, sends or frees what another visitor holds."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from bookings.enums import State
from bookings.models import Appointment
from bookings.templatetags.diary import instant
from bookings.tests.browser import PERSONAL, TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.ways import (
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
    to_times,
)
from bookings.views.visitor import VISITOR

Way = Callable[[Visitor, Diary], Visitor]


@pytest.fixture
def stranger() -> Visitor:
    return Visitor()


def nowhere(visitor: Visitor, diary: Diary) -> Visitor:
    """No session at all."""
    return visitor


def to_another_time(visitor: Visitor, diary: Diary) -> Visitor:
    return to_check(visitor, diary, diary.at(1, 15))


def test_a_stranger_sees_nothing_of_what_another_holds(diary: Diary, visitor: Visitor, stranger: Visitor) -> None:
    to_check(visitor, diary)
    held = Appointment.objects.get()
    for path in ("/en/book/", BOOK, CONSENT, QUESTIONS, f"{QUESTIONS}1/", TIMES, DETAILS, CHECK):
        stranger.get(path)
        assert stranger.path not in (DETAILS, CHECK)
        for secret in (held.reference, held.visitor, held.link_secret, *PERSONAL):
            assert secret not in stranger.response.content.decode()


def test_a_stranger_is_not_offered_the_held_time_and_its_holder_is(
    diary: Diary, visitor: Visitor, stranger: Visitor
) -> None:
    to_check(visitor, diary)
    day, start = f"{TIMES}?day=2026-12-08", instant(diary.at(1, 10))
    assert to_times(stranger, diary).get(day).main.all("button", value=start) == []
    assert len(visitor.get(day).main.all("button", value=start)) == 1


@pytest.mark.parametrize("way", [nowhere, to_another_time])
def test_a_stranger_cannot_send_keep_or_free_it_even_with_its_reference(
    diary: Diary, visitor: Visitor, stranger: Visitor, way: Way
) -> None:
    to_check(visitor, diary)
    held = Appointment.objects.values().get()
    way(stranger, diary)
    sent = {**TYPED, "name": "Mallory", "reference": held["reference"], "visitor": held["visitor"], "check": "1"}
    for path in (CHECK, KEEP, DETAILS, CHECK, FREE):
        stranger.client.post(path, sent)
        assert Appointment.objects.values().get(pk=held["id"]) == held, path
    assert not Appointment.objects.exclude(state=State.HELD).exists()


@pytest.mark.parametrize("way", [nowhere, to_another_time])
def test_a_stranger_who_knows_the_reference_of_an_appointment_is_not_led_to_it(
    diary: Diary, visitor: Visitor, stranger: Visitor, way: Way
) -> None:
    there = to_appointment(visitor, diary).path
    reference = Appointment.objects.get().reference
    way(stranger, diary)
    response = stranger.client.post(CHECK, {"reference": reference}, follow=True)
    assert there not in [url for url, _status in response.redirect_chain]


def test_an_appointment_that_no_browser_made_belongs_to_no_browser(diary: Diary, stranger: Visitor) -> None:
    asked = diary.request(diary.at(1, 10), visitor="")
    to_times(stranger, diary)
    for path in (CHECK, DETAILS):
        assert stranger.get(path).path == f"{TIMES}?ended=1"
    response = stranger.client.post(CHECK, {"reference": asked.reference}, follow=True)
    assert asked.patient_path() not in [url for url, _status in response.redirect_chain]


def test_a_key_is_made_for_each_visitor_with_their_consent(diary: Diary) -> None:
    browsers = [Visitor().get(BOOK) for _ in range(3)]
    assert not [one for one in browsers if one.client.session.get(VISITOR)]
    keys = {one.passes_the_questions().client.session[VISITOR] for one in browsers}
    assert len(keys) == 3
    assert {len(key) for key in keys} == {22}


def test_nobody_brings_a_key_along(diary: Diary, visitor: Visitor, stranger: Visitor) -> None:
    to_details(visitor, diary)
    victim = Appointment.objects.get()
    to_times(stranger, diary)
    stranger.client.post(TIMES, {"start": instant(diary.at(1, 16)), "visitor": victim.visitor})
    assert Appointment.objects.count() == 2
    assert set(Appointment.objects.filter(visitor=victim.visitor)) == {victim}


def test_a_hold_taken_over_by_another_is_never_sent_by_the_first(
    diary: Diary, visitor: Visitor, stranger: Visitor, clock: time_machine.Traveller
) -> None:
    to_check(visitor, diary)
    sent = visitor.main.form_with("Ask for this appointment")[0].fields()
    clock.shift(timedelta(minutes=11))
    to_details(stranger, diary)
    visitor.client.post(CHECK, sent)
    held = Appointment.objects.get()
    assert (held.state, held.visitor) == (State.HELD, stranger.client.session["visitor"])
