"""A time that someone else took meanwhile."""

from datetime import datetime, timedelta

import pytest
import time_machine

from bookings.models import Appointment
from bookings.templatetags.diary import instant
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory
from bookings.tests.views.ways import CHECK, KEEP, TIMES, to_check, to_details, to_times


def lose(visitor: Visitor, diary: Diary, *, keeping: bool = False) -> None:
    """The minutes run out, and the time is worked no more."""
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(1, 9), ends_at=diary.at(1, 12))
    visitor.press("Hold it again" if keeping else "Ask for this appointment")


def says_it_is_lost(visitor: Visitor, *, nearest: list[str], kept: bool) -> None:
    assert visitor.status == 409
    assert visitor.title.startswith("Error: Choose a time")
    summary = visitor.main.one("div", class_="error-summary")
    assert summary.get("role") == "alert"
    assert summary.one("h2").text == "That time has just been taken"
    assert "Tuesday 8 December, 10:00 is no longer free." in summary.text
    assert ("What you typed is kept." in summary.text) is kept
    assert [button.text for button in summary.all("button")] == nearest
    # The calendar below shows the day of the lost time.
    assert visitor.page.one("h2", id="day-title").text == "Tuesday 8 December"


def test_the_nearest_free_times_are_offered_as_buttons(diary: Diary, visitor: Visitor) -> None:
    to_times(visitor, diary)
    diary.request(diary.at(1, 10), visitor="someone quicker")
    visitor.get(f"{TIMES}?day=2026-12-08")
    response = visitor.client.post(TIMES, {"start": instant(diary.at(1, 10))})
    day = "Tue 8 Dec, "
    visitor.arrive(response, TIMES)
    nearest = [day + text for text in ("09:00", "09:30", "10:30", "11:00", "11:30", "12:00")]
    says_it_is_lost(visitor, nearest=nearest, kept=False)
    visitor.press("Tue 8 Dec, 10:30")
    assert visitor.heading == "Your details"
    assert Appointment.objects.get(visitor__gt="", state="held").starts_at == diary.at(1, 10, 30)


def test_who_has_typed_already_goes_straight_to_the_check_page(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary, diary.at(1, 16))
    diary.request(diary.at(1, 10), visitor="someone quicker")
    visitor.arrive(visitor.client.post(TIMES, {"start": instant(diary.at(1, 10))}), TIMES)
    assert "What you typed is kept." in visitor.main.text
    # What was held before is held still.
    assert Appointment.objects.filter(state="held").get().starts_at == diary.at(1, 16)
    visitor.press("Tue 8 Dec, 10:30")
    assert (visitor.path, visitor.heading) == (CHECK, "Check your answers")
    for answer in (TYPED["name"], TYPED["email"], "10:30"):
        assert answer in visitor.main.text


@pytest.mark.parametrize("keeping", [False, True])
def test_a_time_lost_on_the_check_page_can_be_replaced_from_there(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller, keeping: bool
) -> None:
    to_check(visitor, diary)
    clock.shift(timedelta(minutes=11))
    visitor.get(CHECK)
    lose(visitor, diary, keeping=keeping)
    assert visitor.path == (KEEP if keeping else CHECK)
    nearest = ["12:00", "12:30", "13:00", "13:30", "14:00", "14:30"]
    says_it_is_lost(visitor, nearest=[f"Tue 8 Dec, {text}" for text in nearest], kept=True)
    visitor.press("Tue 8 Dec, 12:30")
    assert (visitor.path, visitor.heading) == (CHECK, "Check your answers")
    assert "12:30" in visitor.main.text
    assert visitor.press("Ask for this appointment").heading == "We have your request"


def test_from_a_time_lost_on_the_check_page_the_calendars_links_lead_to_the_calendar(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    to_check(visitor, diary)
    clock.shift(timedelta(minutes=11))
    lose(visitor.get(CHECK), diary)
    visitor.follow("10 December")
    assert (visitor.heading, visitor.page.one("h2", id="day-title").text) == ("Choose a time", "Thursday 10 December")
    visitor.press("09:00")
    assert visitor.path == CHECK


def test_a_time_given_to_someone_else_is_said_to_be_gone(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    to_check(visitor, diary)
    sent = visitor.main.form_with("Ask for this appointment")[0].fields()
    clock.shift(timedelta(minutes=11))
    to_check(Visitor(), diary)
    visitor.arrive(visitor.client.post(CHECK, sent, follow=True), CHECK)
    assert visitor.status == 409
    assert "That time has just been taken" in visitor.main.text
    assert "What you typed is kept." in visitor.main.text
    visitor.press("12:30")
    assert visitor.path == CHECK
    assert TYPED["name"] in visitor.main.text


def test_a_time_that_has_passed_while_the_page_was_open_is_lost(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    to_check(visitor, diary, diary.at(0, 11))
    clock.move_to(diary.at(0, 11))
    visitor.press("Ask for this appointment")
    assert visitor.status == 409
    assert "Monday 7 December, 11:00 is no longer free." in visitor.main.text
    assert not Appointment.objects.exclude(state="held").exists()


def test_the_lost_day_is_shown_whatever_day_was_looked_at(diary: Diary, visitor: Visitor, now: datetime) -> None:
    diary.request(diary.at(1, 10), visitor="someone quicker")
    path = f"{TIMES}?day=2027-01-11"
    visitor.arrive(visitor.client.post(path, {"start": instant(diary.at(1, 10))}), path)
    assert visitor.page.one("h2", id="day-title").text == "Tuesday 8 December"
    assert visitor.page.one("h2", id="month-title").text == "December 2026"
    assert len(visitor.main.one("div", class_="error-summary").all("button")) == 6


def test_another_time_chosen_in_another_window_is_shown_before_it_is_sent(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    first = visitor.main.form_with("Ask for this appointment")[0].fields()
    to_details(visitor, diary, diary.at(1, 15))  # in another window
    visitor.arrive(visitor.client.post(CHECK, first, follow=True), CHECK)
    assert (visitor.path, visitor.heading) == (CHECK, "Check your answers")
    assert "Tuesday 8 December 2026, 15:00" in visitor.main.text
    assert Appointment.objects.get().state == "held"
