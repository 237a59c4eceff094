"""From the appointment onto the list and off it: what is waited for, and until when."""

from datetime import date

import pytest
from pytest_django import Settings

from bookings.actions.change import change_state
from bookings.enums import Actor, Channel, EntryState, PartOfDay, State
from bookings.models import Appointment, Patient, WaitingEntry
from bookings.tests.actions.waiting import waiting
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.waiting.paths import wait_path


def test_from_the_appointment_to_the_list_and_off_it(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    visitor.get(asked.patient_path()).follow("Wait for an earlier time")
    assert "we hold it for you for 120 minutes" in visitor.main.text
    boxes = [box.get("value") for box in visitor.main.all("input", name="weekdays")]
    assert boxes == ["0", "1", "2", "3", "4"]  # nobody works at the weekend
    assert not visitor.main.all("input", name="practitioner")  # there is one person only
    sent = {"weekdays": ["1", "2"], "parts": [PartOfDay.MORNING]}
    visitor.arrive(visitor.client.post(wait_path(asked), sent, follow=True), wait_path(asked))
    assert visitor.path == f"{asked.patient_path()}?done=waiting"
    entry = WaitingEntry.objects.get()
    assert (entry.appointment, entry.weekdays, entry.parts) == (asked, [1, 2], ["morning"])
    assert "You wait for an earlier time" in visitor.main.text
    assert "Tuesday, Wednesday" in visitor.main.text
    visitor.press("Leave the waiting list")
    assert visitor.path == f"{asked.patient_path()}?done=left"
    assert "You are no longer on the waiting list." in visitor.main.text
    entry.refresh_from_db()
    assert entry.state == EntryState.LEFT


def test_until_which_day_is_asked_kept_shown_and_changed(asked: Appointment, visitor: Visitor) -> None:
    visitor.get(wait_path(asked))
    visitor.press("Put me on the waiting list", last_day_day="6", last_day_month="12", last_day_year="2026")
    assert (visitor.status, visitor.title[:6]) == (422, "Error:")
    assert visitor.main.one("div", class_="error-summary").one("li").text == "Enter today or a later day"
    visitor.press("Put me on the waiting list", last_day_day="9")
    assert WaitingEntry.objects.get().last_day == date(2026, 12, 9)
    assert "Wednesday 9 December 2026" in visitor.main.text
    visitor.follow("Change what I wait for")
    assert visitor.main.one("input", name="last_day_day").get("value") == "9"
    visitor.press("Change what I wait for", last_day_day="", last_day_month="", last_day_year="")
    assert WaitingEntry.objects.get().last_day is None


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        (Channel.EMAIL, "We send you an email with a link, where you take it or say no."),
        (Channel.SMS, "We send you a text message with a link, where you take it or say no."),
        (Channel.PHONE, "We call you to ask whether you take it."),
    ],
)
def test_whoever_waits_reads_how_a_free_time_reaches_them(
    asked: Appointment, visitor: Visitor, diary: Diary, settings: Settings, channel: Channel, said: str
) -> None:
    settings.SMS_URL = "https://sms.example/send"
    Patient.objects.update(channel=channel)
    first = waiting(diary, "Cy", patient=asked.patient)
    assert said in visitor.get(wait_path(asked)).main.text
    waiting(diary, appointment=asked)
    for path in (asked.patient_path(), first.patient_path()):
        assert said in visitor.get(path).main.text


def test_nobody_is_promised_a_text_message_where_none_can_be_sent(
    asked: Appointment, visitor: Visitor, settings: Settings
) -> None:
    settings.SMS_URL = ""
    Patient.objects.update(channel=Channel.SMS)
    assert "We send you an email" in visitor.get(wait_path(asked)).main.text


def test_sent_twice_it_waits_once(asked: Appointment, visitor: Visitor) -> None:
    for _ in range(2):
        visitor.client.post(wait_path(asked), {"weekdays": ["1"]})
    assert WaitingEntry.objects.count() == 1


def test_what_it_waits_for_can_be_changed(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    waiting(diary, appointment=asked, weekdays=[1])
    visitor.get(asked.patient_path()).follow("Change what I wait for")
    ticked = [box.get("value") for box in visitor.main.all("input", name="weekdays") if "checked" in box.attributes]
    assert ticked == ["1"]
    visitor.client.post(wait_path(asked), {"parts": ["evening"]})
    assert WaitingEntry.objects.values_list("weekdays", "parts").get() == ([], ["evening"])


@pytest.mark.parametrize("sent", [{"weekdays": "7"}, {"weekdays": "x"}, {"weekdays": "6"}, {"parts": "\x00"}])
def test_what_is_not_on_the_form_asks_again(asked: Appointment, visitor: Visitor, sent: dict[str, str]) -> None:
    visitor.arrive(visitor.client.post(wait_path(asked), sent), wait_path(asked))
    assert visitor.status == 422
    assert visitor.main.one("div", class_="error-summary").one("a").text == "Choose one of these"
    assert not WaitingEntry.objects.exists()


def test_what_is_over_waits_for_nothing(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    change_state(appointment=asked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    for method in ("get", "post"):
        response = getattr(visitor.client, method)(wait_path(asked))
        assert (response.status_code, response["Location"]) == (302, asked.patient_path())
    assert not WaitingEntry.objects.exists()
