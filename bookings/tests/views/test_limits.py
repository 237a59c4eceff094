"""Floods and programs are kept out, and people are told what to do."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import RequestFactory

from bookings.enums import State
from bookings.models import Appointment, Patient
from bookings.templatetags.diary import instant
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.factories import CONTACT, Diary
from bookings.tests.views.ways import CHECK, DETAILS, FREE, KEEP, TIMES, fields, to_check, to_details, to_times
from bookings.views import limits
from clinic.models import Clinic

SEND = "Ask for this appointment"
WAIT = "Please wait a little"
QUICK = "That was very quick. Please check and press Continue again."


def choose(visitor: Visitor, diary: Diary, hour: int) -> Visitor:
    sent = {**fields(to_times(visitor, diary)), "start": instant(diary.at(1, hour))}
    return visitor.arrive(visitor.client.post(TIMES, sent, follow=True), TIMES)


def says_to_wait(visitor: Visitor, minutes: int) -> None:
    assert (visitor.status, visitor.heading) == (429, WAIT)
    assert int(visitor.response["Retry-After"]) == minutes * 60
    assert f"You can go on in {minutes} minutes." in visitor.main.text
    assert visitor.main.one("a", class_="phone").get("href") == "tel:+49-30-23125001"


# By address


def test_choosing_times_all_the_time_ends_with_a_page_that_says_until_when(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    Clinic.objects.update(requests_per_hour=3)
    for hour in (10, 11, 12):
        choose(visitor, diary, hour)
        clock.shift(timedelta(minutes=5))
    choose(visitor, diary, 13)
    says_to_wait(visitor, 45)
    assert "times were chosen or asked for very often in the last hour" in visitor.main.text
    assert visitor.main.link("Go back") == TIMES
    # What was held before is held still.
    assert Appointment.objects.get().starts_at == diary.at(1, 12)
    clock.shift(timedelta(minutes=45))
    assert choose(visitor, diary, 13).heading == "Your details"


def test_promise_17_a_program_that_begins_anew_each_time_does_not_flood_the_diary(diary: Diary) -> None:
    Clinic.objects.update(requests_per_hour=3)
    for hour in (10, 11, 12):
        assert choose(Visitor(), diary, hour).heading == "Your details"
    says_to_wait(choose(Visitor(), diary, 13), 60)
    assert Appointment.objects.count() == 3
    assert choose(Visitor(REMOTE_ADDR="192.0.2.7"), diary, 13).heading == "Your details"


def test_sending_counts_as_choosing_does_and_nothing_typed_is_lost(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    Clinic.objects.update(requests_per_hour=1)
    to_check(visitor, diary).press(SEND)
    says_to_wait(visitor, 60)
    assert "Nothing was booked or changed. What you typed is kept." in visitor.main.text
    assert not Patient.objects.exists()
    visitor.follow("Go back")
    assert visitor.path == CHECK
    assert TYPED["name"] in visitor.main.text
    clock.shift(timedelta(hours=1))
    visitor.get(CHECK).press(SEND)
    assert Appointment.objects.get().state == State.REQUESTED


def test_sending_the_same_twice_costs_no_turn(diary: Diary, visitor: Visitor) -> None:
    Clinic.objects.update(requests_per_hour=2)
    sent = to_check(visitor, diary).main.form_with(SEND)[0].fields()
    answers = [visitor.client.post(CHECK, sent).status_code for _ in range(4)]
    assert answers == [302] * 4
    assert Appointment.objects.get().state == State.REQUESTED


def test_reading_writing_and_freeing_are_not_limited(diary: Diary, visitor: Visitor) -> None:
    Clinic.objects.update(requests_per_hour=1)
    to_details(visitor, diary)
    for _ in range(6):
        assert visitor.get(TIMES).status == visitor.get(DETAILS).status == 200
        assert visitor.press("Continue", **{**TYPED, "phone": "12"}).status == 422
    assert visitor.press("Continue", **TYPED).path == CHECK
    visitor.press("Stop, and free the time")
    assert not Appointment.objects.exists()


def test_a_time_is_not_held_all_day_by_holding_it_for_longer(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    Clinic.objects.update(requests_per_hour=1)
    to_details(visitor, diary)
    for _ in range(3):
        clock.shift(timedelta(minutes=5))
        assert visitor.press("Hold it for longer").path == DETAILS
    until = Appointment.objects.get().held_until
    clock.shift(timedelta(minutes=5))
    says_to_wait(visitor.press("Hold it for longer"), 45)
    assert visitor.main.link("Go back") == DETAILS
    visitor.follow("Go back").press("Continue", **TYPED)
    # Writing goes on; only the time is held no longer than before.
    assert visitor.path == CHECK
    assert Appointment.objects.get().held_until == until


# By contact


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


# The trap


def test_the_trap_is_out_of_everybodys_way(diary: Diary, visitor: Visitor) -> None:
    control = to_details(visitor, diary).main.one("input", name="homepage")
    assert (control.get("tabindex"), control.get("autocomplete"), control.get("value")) == ("-1", "off", "")
    around = next(one for one in visitor.main.all("div", class_="visually-hidden") if control in one.all("input"))
    assert around.get("aria-hidden") == "true"
    assert around.one("label").text == "Leave this field empty"


def test_whoever_falls_into_it_sees_it_and_can_go_on(diary: Diary, visitor: Visitor) -> None:
    """As with a browser that fills in what it should not."""
    to_details(visitor, diary).press("Continue", **TYPED, homepage="https://ada.example")
    assert visitor.status == 422
    summary = visitor.main.one("div", class_="error-summary")
    assert [(link.text, link.get("href")) for link in summary.all("a")] == [
        ("Please leave this field empty", "#id_homepage")
    ]
    control = visitor.main.one("input", id="id_homepage")
    assert control.get("tabindex") == control.get("value") == ""
    assert not [one for one in visitor.main.all(aria_hidden="true") if control in one.all("input")]
    assert visitor.main.form_with("Continue")[0].fields().items() >= TYPED.items()
    assert "ada.example" not in str(dict(visitor.client.session.items()))
    assert visitor.press("Continue").path == CHECK


# The least time


@pytest.fixture
def slow_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LEAST", timedelta(seconds=3))


@pytest.mark.usefixtures("slow_hands")
def test_whoever_is_quicker_than_anyone_is_asked_once_more_and_then_believed(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    to_details(visitor, diary)
    clock.shift(timedelta(seconds=2.9))
    visitor.press("Continue", **TYPED)
    assert (visitor.status, visitor.path) == (422, DETAILS)
    assert visitor.main.one("div", class_="error-summary").one("li").text == QUICK
    assert visitor.main.form_with("Continue")[0].fields().items() >= TYPED.items()
    assert visitor.press("Continue").path == CHECK


@pytest.mark.usefixtures("slow_hands")
def test_three_seconds_are_enough(diary: Diary, visitor: Visitor, clock: time_machine.Traveller) -> None:
    to_details(visitor, diary)
    clock.shift(timedelta(seconds=3))
    assert visitor.press("Continue", **TYPED).path == CHECK


@pytest.mark.usefixtures("slow_hands")
def test_whoever_comes_back_to_change_something_may_be_quick(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    to_details(visitor, diary)
    clock.shift(timedelta(minutes=1))
    visitor.press("Continue", **TYPED)
    to_details(visitor, diary, diary.at(1, 15)).get(DETAILS)
    assert visitor.press("Continue", name="Grace Example").path == CHECK


@pytest.mark.usefixtures("slow_hands")
def test_each_booking_of_a_session_takes_its_time(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    to_details(visitor, diary)
    clock.shift(timedelta(minutes=1))
    visitor.press("Continue", **TYPED).press(SEND)
    to_details(visitor, diary, diary.at(1, 15)).press("Continue", **TYPED)
    assert visitor.main.one("div", class_="error-summary").one("li").text == QUICK
    assert visitor.press("Continue").path == CHECK


@pytest.mark.usefixtures("slow_hands")
def test_a_mistake_is_named_before_the_hurry(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary).press("Continue", **{**TYPED, "phone": "12"})
    assert [item.text for item in visitor.main.one("div", class_="error-summary").all("li")] == [
        "Enter a phone number, with the country code if it is from another country"
    ]


def test_an_outsider_renews_and_frees_nothing(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    before = Appointment.objects.values().get()
    for path in (KEEP, FREE):
        Visitor().client.post(path)
    assert Appointment.objects.values().get() == before
