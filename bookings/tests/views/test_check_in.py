"""Two questions after a visit, and at once whom to call."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.contrib.auth.models import User
from django.test import Client

from bookings.actions.check_in import note_call
from bookings.enums import ConsentKind, Feeling, Kind, State
from bookings.models import Appointment, CheckIn, Consent
from bookings.queries.care_pages import answers_of
from bookings.tests.after_visit import of_kind, visited
from bookings.tests.browser import Visitor
from bookings.tests.factories import Diary
from bookings.tests.rows import everything
from clinic.models import Clinic
from treatments.models import Complication
from treatments.tests.factories import TreatmentFactory, sign_draft

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


@pytest.mark.parametrize(
    ("state", "hours", "heading"),
    [
        (State.CONFIRMED, -1, "We ask you after your visit"),
        (State.ARRIVED, -1, "We ask you after your visit"),
        (State.COMPLETED, 14 * 24, "We do not ask here"),
        (State.NO_SHOW, 3, "There was no visit to ask about"),
        (State.CANCELLED, 3, "There was no visit to ask about"),
    ],
)
def test_otherwise_a_kind_page_says_why_and_whom_to_call(
    diary: Diary, visitor: Visitor, state: State, hours: int, heading: str
) -> None:
    visit = visited(diary, state=state, hours_ago=hours)
    before = everything()
    for method, status in (("get", 200), ("post", 409)):
        response = getattr(visitor.client, method)(path(visit), {"feeling": "worse"})
        visitor.arrive(response, path(visit))
        assert (visitor.status, visitor.heading) == (status, heading)
        for said in ("Call an ambulance at once: 112", "Trouble breathing", "+49 30 23125001"):
            assert said in visitor.main.text
    assert everything() == before


@pytest.mark.parametrize("state", [State.CONFIRMED, State.ARRIVED, State.COMPLETED])
def test_it_is_open_whether_or_not_staff_have_marked_the_end(diary: Diary, visitor: Visitor, state: State) -> None:
    visit = visited(diary, state=state, hours_ago=0)
    assert visitor.get(path(visit)).heading == "How are you after your visit?"


def test_whoever_did_not_agree_is_asked_nothing(visit: Appointment, visitor: Visitor, diary: Diary) -> None:
    Consent.objects.filter(kind=ConsentKind.DATA).update(withdrawn_at=diary.now)
    visitor.get(path(visit))
    assert visitor.heading == "We do not ask here"
    assert "You have not agreed" in visitor.main.text
    assert visitor.client.post(path(visit), {"emergency": key("Trouble breathing")}).status_code == 409
    assert not CheckIn.objects.exists()


def test_after_a_consultation_or_without_a_signed_page_nothing_is_asked(
    visit: Appointment, visitor: Visitor, diary: Diary
) -> None:
    of_kind(diary, Kind.CONSULTATION)
    assert visitor.get(path(visit)).heading == "We do not ask here"
    assert "+49 30 23125001" in visitor.main.text
    assert "you had injections" not in visitor.main.text
    of_kind(diary, Kind.SESSION)
    Appointment.objects.filter(pk=visit.pk).update(treatment=TreatmentFactory())
    assert visitor.get(path(visit)).heading == "We do not ask here"


def test_signs_that_changed_meanwhile_are_shown_again(visit: Appointment, visitor: Visitor, diary: Diary) -> None:
    visitor.get(path(visit))
    Complication.objects.filter(warning_sign_en="A lump or pus").update(key="lump", warning_sign_en="A new lump")
    sign_draft(diary.treatment, now=diary.now)
    form, _button = visitor.main.form_with(SEND)
    (box,) = [one for one in form.all("input") if one.get("name") == "clinic"]
    visitor.arrive(visitor.client.post(path(visit), {**form.fields(), "clinic": box.get("value")}), path(visit))
    assert visitor.status == 422
    assert "Our list of signs has just changed" in visitor.main.one("div", class_="error-summary").text
    assert "A new lump" in visitor.main.text


def test_signs_in_another_language_are_labelled(visit: Appointment, visitor: Visitor) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    visitor.get(path(visit).replace("/en/", "/fa/"))
    (label,) = [one for one in visitor.main.all("label") if one.text == "Trouble breathing"]
    assert (label.get("lang"), label.get("dir")) == ("en", "ltr")


def test_reading_changes_nothing_and_other_sites_send_nothing(visit: Appointment) -> None:
    before = everything()
    client = Client()
    for address in (path(visit), f"{path(visit)}?again=1"):
        assert client.get(address).status_code == client.head(address).status_code == 200
    assert Client(enforce_csrf_checks=True).post(path(visit), {"none": "on", "feeling": "better"}).status_code == 403
    assert everything() == before


def test_an_outsider_asks_and_answers_nothing(visit: Appointment) -> None:
    wrong = path(visit).replace("/how-are-you", "0/how-are-you")
    for response in (Client().get(wrong), Client().post(wrong, {"none": "on", "feeling": "worse"})):
        assert response.status_code == 404
    assert not CheckIn.objects.exists()


def test_nothing_of_the_answers_is_in_an_address_a_title_or_the_log(
    visit: Appointment, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.get(path(visit)).press(SEND, clinic=key("A lump or pus"), feeling="worse")
    assert visitor.path == path(visit)
    assert visitor.title == "How are you? – Test Clinic"
    assert "no-store" in visitor.response["Cache-Control"]
    assert visitor.page.one("meta", name="robots").get("content") == "noindex"
    assert not {"lump", "worse"} & set(caplog.text.lower().split())


def test_it_costs_few_queries(
    visit: Appointment, clock: time_machine.Traveller, django_assert_num_queries: Any
) -> None:
    clock.shift(timedelta(hours=1))
    # The appointment, its log, the clinic, the page, the consent with its text, earlier answers, and the locations.
    with django_assert_num_queries(9):
        Client().get(path(visit))
