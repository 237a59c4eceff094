"""Two questions after a visit, and at once whom to call."""

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.contrib.auth.models import User

from bookings.actions.check_in import note_call
from bookings.enums import Feeling
from bookings.models import Appointment, CheckIn
from bookings.queries.care_pages import answers_of
from bookings.tests.after_visit import visited
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from treatments.models import Complication

SEND = "Send the answers"


@pytest.fixture
def visit(diary: Diary) -> Appointment:
    """A treatment that ended three hours ago."""
    return visited(diary)


def path(visit: Appointment) -> str:
    return f"{visit.patient_path()}how-are-you/"


def key(words: str) -> str:
    return Complication.objects.get(warning_sign_en=words).key


def given() -> CheckIn:
    return CheckIn.objects.get()


def test_a_walk_from_the_appointment_to_all_being_well(visit: Appointment, visitor: Visitor) -> None:
    visitor.get(visit.patient_path()).follow("Before and after your visit").follow("Tell us how you are")
    assert visitor.heading == "How are you after your visit?"
    assert [one.text for one in visitor.main.all("h2")] == ["Do you have any of these signs?", "How is it otherwise?"]
    visitor.press(SEND, none="on", feeling="expected")
    assert (visitor.path, visitor.heading) == (path(visit), "Thank you. That is good to hear")
    assert not given().needs_call
    assert (answers_of(given()).signs, answers_of(given()).feeling) == ((), Feeling.EXPECTED)
    assert visitor.get(path(visit)).heading == "Thank you. That is good to hear"
    assert visitor.follow("Before and after your visit").heading == "Before and after your visit"


def test_a_sign_of_an_emergency_shows_both_numbers_at_once(visit: Appointment, visitor: Visitor) -> None:
    visitor.get(path(visit)).press(SEND, emergency=key("Trouble breathing"))
    assert visitor.heading == "Call 112 now"
    assert [link.get("href") for link in visitor.main.one("section").all("a")] == ["tel:112", "tel:+49-30-23125001"]
    assert given().needs_call
    assert list(CheckIn.objects.to_call()) == [given()]


def test_a_sign_for_the_clinic_shows_its_number_and_what_to_do_if_it_gets_worse(
    visit: Appointment, visitor: Visitor
) -> None:
    visitor.get(path(visit)).press(SEND, clinic=key("A lump or pus"), feeling="better")
    assert visitor.heading == "Please call us today"
    assert visitor.main.all("a", class_="button")[0].get("href") == "tel:+49-30-23125001"
    assert "Call an ambulance at once: 112" in visitor.main.text
    assert given().needs_call


def test_worse_than_expected_without_a_sign_shows_the_number_and_asks_for_no_call(
    visit: Appointment, visitor: Visitor
) -> None:
    visitor.get(path(visit)).press(SEND, none="on", feeling="worse")
    assert visitor.heading == "Thank you for telling us"
    assert visitor.main.all("a", class_="button")[0].get("href") == "tel:+49-30-23125001"
    assert not given().needs_call


def test_whom_to_call_stands_on_the_page_before_anything_is_sent(visit: Appointment, visitor: Visitor) -> None:
    visitor.get(path(visit))
    emergency, clinic, feeling = visitor.main.all("fieldset")
    assert [one.one("legend").text for one in (emergency, clinic, feeling)] == [
        "Signs of an emergency",
        "Signs that we want to hear of the same day",
        "How is it otherwise?",
    ]
    assert emergency.link("112") == "tel:112"
    assert [box.text for box in emergency.all("label")] == ["Trouble breathing"]
    assert [box.text for box in clinic.all("label")] == ["A lump or pus"]


def test_nothing_ticked_and_nothing_chosen_is_asked_for(visit: Appointment, visitor: Visitor) -> None:
    visitor.get(path(visit)).press(SEND)
    assert visitor.status == 422
    assert visitor.title.startswith("Error: ")
    summary = visitor.main.one("div", class_="error-summary")
    assert [link.text for link in summary.all("a")] == [
        "Tick each sign that you have, or “None of these”",
        "Choose how it is otherwise",
    ]
    for link in summary.all("a"):
        assert visitor.main.one("input", id=link.get("href").removeprefix("#"))
    assert not CheckIn.objects.exists()


def test_a_sign_beside_none_of_these_counts(visit: Appointment, visitor: Visitor) -> None:
    visitor.get(path(visit)).press(SEND, none="on", clinic=key("A lump or pus"))
    assert visitor.heading == "Please call us today"


@pytest.mark.parametrize("field", ["emergency", "clinic", "feeling", "none"])
def test_what_no_page_of_ours_sends_stores_nothing(visit: Appointment, visitor: Visitor, field: str) -> None:
    for text in ("made-up", "\x00", "x" * 5000):
        assert visitor.client.post(path(visit), {field: text}).status_code == 422
    assert not CheckIn.objects.exists()


def test_answered_again_a_sign_may_come_and_never_goes(visit: Appointment, visitor: Visitor) -> None:
    visitor.get(path(visit)).press(SEND, none="on", feeling="better")
    visitor.follow("Answer again").press(SEND, emergency=key("Trouble breathing"))
    visitor.follow("Answer again").press(SEND, none="on", feeling="better")
    assert visitor.heading == "Call 112 now"
    assert CheckIn.objects.to_call().count() == 1


def test_once_staff_called_it_says_so(visit: Appointment, visitor: Visitor, diary: Diary) -> None:
    visitor.get(path(visit)).press(SEND, clinic=key("A lump or pus"))
    note_call(check_in=given(), seen=given().fingerprint, by=User.objects.create_user("vera"), now=diary.now)
    assert visitor.get(path(visit)).heading == "We called you about your answers"


def test_answers_that_no_key_opens_still_say_to_call(visit: Appointment, visitor: Visitor, settings: Any) -> None:
    visitor.get(path(visit)).press(SEND, emergency=key("Trouble breathing"))
    settings.HEALTH_KEYS = [Fernet.generate_key().decode()]
    assert visitor.get(path(visit)).heading == "Please call us today"
