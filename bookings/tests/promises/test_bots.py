"""Promise 17: programs do not fill the diary, and a person who meets a limit reads what to do."""

from datetime import timedelta

import pytest
import time_machine

from bookings.enums import State
from bookings.models import Appointment, Patient
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.promises.reading import choose, seated, send
from bookings.tests.views.ways import CHECK, DETAILS
from bookings.views import limits
from clinic.models import Clinic


def is_kind(visitor: Visitor, heading: str) -> None:
    """Says in words what is the matter, whom to call, and how to go on; it is no blank page."""
    assert visitor.heading == heading
    assert visitor.main.one("a", class_="phone").get("href").startswith("tel:")
    assert visitor.main.link("Go back")


def test_promise_17_a_program_without_a_memory_gets_as_many_times_as_one_address_may(diary: Diary) -> None:
    """It begins anew each time, with another name and another time."""
    Clinic.objects.update(requests_per_hour=4)
    for number in range(6):
        program = choose(seated(diary), diary.at(1, 9 + number))
        if program.path == DETAILS:
            send(program, name=f"Bot {number}", email=f"{number}@example.com")
    # A time and its sending are a turn each.
    assert Appointment.objects.count() == 2
    assert program.status == 429
    is_kind(program, "Please wait a little")
    assert int(program.response["Retry-After"]) == 3600
    # Whoever comes from elsewhere is not in its way.
    assert choose(seated(diary, REMOTE_ADDR="192.0.2.7"), diary.at(3, 10)).path == DETAILS


def test_promise_17_nor_does_one_that_comes_from_everywhere_under_one_name(diary: Diary) -> None:
    Clinic.objects.update(open_requests_per_contact=2)
    for number in range(3):
        program = seated(diary, REMOTE_ADDR=f"192.0.2.{number}")
        send(choose(program, diary.at(1 + number, 10)))
    assert Appointment.objects.filter(state=State.REQUESTED).count() == Patient.objects.count() == 2
    assert program.status == 409
    is_kind(program, "You have asked already")
    # What was typed is there still.
    assert TYPED["name"] in program.follow("Go back").main.text


def test_promise_17_what_fills_in_every_field_or_writes_faster_than_anyone_is_asked_once_more(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LEAST", timedelta(seconds=3))
    choose(visitor, diary.at(1, 10))
    clock.shift(timedelta(seconds=1))
    for typed, says in (
        ({**TYPED, "homepage": "https://bot.example"}, "Please leave this field empty"),
        ({}, "That was very quick."),
    ):
        visitor.press("Continue", **typed)
        assert (visitor.status, visitor.path) == (422, DETAILS)
        assert says in visitor.main.one("div", class_="error-summary").text
        # Who gets here as a person loses nothing of what they wrote.
        assert visitor.main.form_with("Continue")[0].fields().items() >= TYPED.items()
    assert not Patient.objects.exists()
    assert visitor.press("Continue").path == CHECK


def test_promise_17_nobody_sends_without_having_been_asked_and_held_a_time(diary: Diary) -> None:
    """A program that knows the last form and posts just that."""
    program = Visitor()
    for path in (CHECK, DETAILS):
        sent = {**TYPED, "reference": "AAAA-AAAA", "terms": "1", "start": "20261208T0900Z"}
        program.arrive(program.client.post(path, sent, follow=True), path)
        assert program.status == 200
        assert program.path not in (CHECK, DETAILS)
    assert not Appointment.objects.exists()
    assert not Patient.objects.exists()
