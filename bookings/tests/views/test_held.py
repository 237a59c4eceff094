"""What the pages say about the held time, and about none."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from bookings.actions.hold import release
from bookings.models import Appointment
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import WorkingHoursFactory
from bookings.tests.views.asked import ADULT, PREGNANT, asks
from bookings.tests.views.ways import (
    AGE,
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
from clinic.models import Clinic
from clinic.tests.factories import LocationFactory
from treatments.tests.pages import signed_treatment

Way = Callable[[Visitor, Diary], Visitor]
HELD = "We hold Tuesday 8 December, 10:00 for you until"
OVER = "The minutes for Tuesday 8 December, 10:00 are over. Nobody has taken it yet, but it is no longer held."
NO_TIME = "No time is held for you any more."


def lose_the_hold() -> None:
    release(visitor=Appointment.objects.get(state="held").visitor)


@pytest.mark.parametrize("way", [to_details, to_check])
def test_the_page_says_until_when_the_time_is_held(diary: Diary, visitor: Visitor, way: Way) -> None:
    assert f"{HELD} 09:10, Berlin time." in way(visitor, diary).main.text
    assert visitor.main.one("div", class_="held").get("role") == "status"


@pytest.mark.parametrize("way", [to_details, to_check])
def test_it_can_be_held_for_longer_without_leaving_the_page(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller, way: Way
) -> None:
    here = way(visitor, diary).path
    clock.shift(timedelta(minutes=9))
    visitor.press("Hold it for longer")
    assert visitor.path == here
    assert f"{HELD} 09:19, Berlin time." in visitor.main.text


@pytest.mark.parametrize("way", [to_details, to_check])
def test_when_the_minutes_are_over_it_says_so_and_offers_to_hold_it_again(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller, way: Way
) -> None:
    here = way(visitor, diary).path
    clock.shift(timedelta(minutes=10))
    visitor.get(here)
    assert OVER in visitor.main.text
    assert HELD not in visitor.main.text
    visitor.press("Hold it again")
    assert visitor.path == here
    assert f"{HELD} 09:20, Berlin time." in visitor.main.text


def test_the_minutes_are_those_that_the_clinic_has_set(diary: Diary, visitor: Visitor) -> None:
    Clinic.objects.update(hold_minutes=25)
    assert "We hold the time you choose for 25 minutes while you write." in visitor.get(TIMES).main.text
    assert f"{HELD} 09:25, Berlin time." in to_details(visitor, diary).main.text


@pytest.mark.parametrize("path", [DETAILS, CHECK])
def test_without_a_time_both_pages_lead_to_the_calendar_which_says_so(
    diary: Diary, visitor: Visitor, path: str
) -> None:
    visitor.get(path)
    assert visitor.path == f"{TIMES}?ended=1"
    assert NO_TIME in visitor.main.one("div", class_="notice").text


@pytest.mark.parametrize("path", [DETAILS, CHECK])
def test_it_is_said_after_choosing_where_as_well(diary: Diary, visitor: Visitor, path: str) -> None:
    dubai = LocationFactory(slug="dubai", time_zone="Asia/Dubai", city_en="Dubai", order=9)
    WorkingHoursFactory(practitioner=diary.practitioner, location=dubai)
    assert NO_TIME in visitor.get(path).main.text
    assert NO_TIME in visitor.follow("Berlin").main.text


def test_what_is_typed_without_a_time_is_kept_until_one_is_chosen(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    lose_the_hold()
    visitor.press("Continue", **TYPED)
    assert NO_TIME in visitor.main.text
    visitor.press("15:00")
    assert (visitor.path, visitor.heading) == (CHECK, "Check your answers")
    assert TYPED["name"] in visitor.main.text


def test_even_what_is_typed_wrong_without_a_time_is_kept(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    lose_the_hold()
    visitor.press("Continue", **{**TYPED, "phone": "12"})
    assert NO_TIME in visitor.main.text
    visitor.press("15:00")
    assert visitor.path == DETAILS
    assert visitor.main.form_with("Continue")[0].fields().items() >= {**TYPED, "phone": "12"}.items()


@pytest.mark.parametrize("button", ["Ask for this appointment", "Hold it for longer"])
def test_sending_without_a_time_books_nothing_and_says_so(diary: Diary, visitor: Visitor, button: str) -> None:
    to_check(visitor, diary)
    lose_the_hold()
    visitor.press(button)
    assert NO_TIME in visitor.main.text
    assert not Appointment.objects.exists()


def test_a_time_held_for_another_treatment_is_not_used_for_this_one(diary: Diary, visitor: Visitor) -> None:
    signed_treatment(now=diary.now - timedelta(days=1), slug="hair")
    to_check(visitor, diary)
    visitor.get("/en/book/hair/check/").passes_the_questions().get("/en/book/hair/check/")
    assert visitor.path == "/en/book/hair/at/berlin/?ended=1"
    assert visitor.get(CHECK).heading == "Check your answers"


def test_details_that_are_not_complete_lead_back_to_their_page(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    assert visitor.get(CHECK).path == DETAILS


def test_after_sending_neither_keeping_nor_freeing_touches_the_appointment(diary: Diary, visitor: Visitor) -> None:
    there = to_appointment(visitor, diary).path
    assert visitor.client.post(KEEP, follow=True).redirect_chain[-1][0] == there
    assert visitor.client.post(FREE).url == diary.treatment.get_absolute_url()
    assert Appointment.objects.get().state == "requested"


@pytest.mark.parametrize("phone", ["12", TYPED["phone"]])
def test_continuing_holds_it_for_longer_also_where_something_was_wrong(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller, phone: str
) -> None:
    to_details(visitor, diary)
    clock.shift(timedelta(minutes=8))
    visitor.press("Continue", **{**TYPED, "phone": phone})
    assert f"{HELD} 09:18, Berlin time." in visitor.main.text


@pytest.mark.parametrize(
    ("step", "answer"), [(AGE, {"answer": "yes"}), (CONSENT, {"agree": "on"}), (f"{QUESTIONS}1/", {"reply": "no"})]
)
def test_answering_an_earlier_step_again_holds_it_for_longer(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller, step: str, answer: dict[str, str]
) -> None:
    asks(diary, ADULT, PREGNANT)
    to_check(visitor, diary)
    clock.shift(timedelta(minutes=8))
    visitor.get(step).press("Continue", **answer)
    assert visitor.path == CHECK
    assert f"{HELD} 09:18, Berlin time." in visitor.main.text


def test_a_time_that_is_lost_after_an_earlier_booking_is_said_to_be_lost(diary: Diary, visitor: Visitor) -> None:
    to_appointment(visitor, diary)
    visitor.get(QUESTIONS).passes_the_questions()
    to_details(visitor, diary, diary.at(1, 15))
    lose_the_hold()
    assert NO_TIME in visitor.get(DETAILS).main.text
    diary.request(diary.at(1, 15), visitor="someone quicker")
    assert "Tuesday 8 December, 15:00 is no longer free." in visitor.get(DETAILS).main.text


def test_continuing_does_not_take_again_what_is_no_longer_held(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    to_details(visitor, diary)
    before = Appointment.objects.get().held_until
    clock.shift(timedelta(minutes=10))
    assert OVER in visitor.press("Continue", **TYPED).main.text
    assert Appointment.objects.get().held_until == before


def test_looking_holds_nothing_for_longer(diary: Diary, visitor: Visitor, clock: time_machine.Traveller) -> None:
    to_check(visitor, diary)
    before = Appointment.objects.get().held_until
    clock.shift(timedelta(minutes=5))
    for path in (DETAILS, CHECK):
        visitor.get(path)
    assert Appointment.objects.get().held_until == before
