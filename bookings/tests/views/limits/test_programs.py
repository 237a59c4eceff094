"""What a program runs into, and a person hardly notices: the trap and the least time."""

from datetime import timedelta

import pytest
import time_machine

from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.limits.saying import SEND
from bookings.tests.views.ways import CHECK, DETAILS, to_details
from bookings.views import limits

QUICK = "That was very quick. Please check and press Continue again."


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
