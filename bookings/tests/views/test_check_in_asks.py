"""When and of whom the two questions after a visit are asked, and what they keep to themselves."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.enums import ConsentKind, Kind, State
from bookings.models import Appointment, CheckIn, Consent
from bookings.tests.after_visit import of_kind, visited
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import ConsentTextFactory
from bookings.tests.rows import everything
from clinic.models import Clinic
from treatments.models import Complication
from treatments.tests.factories import TreatmentFactory
from treatments.tests.pages import sign_draft

SEND = "Send the answers"


@pytest.fixture
def visit(diary: Diary) -> Appointment:
    """A treatment that ended three hours ago."""
    return visited(diary)


def path(visit: Appointment) -> str:
    return f"{visit.patient_path()}how-are-you/"


def key(words: str) -> str:
    return Complication.objects.get(warning_sign_en=words).key


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


def test_whoever_agreed_before_a_new_text_came_is_asked(visit: Appointment, visitor: Visitor) -> None:
    ConsentTextFactory(kind=ConsentKind.DATA, text="Another text.")
    assert visitor.get(path(visit)).heading == "How are you after your visit?"


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
    # The appointment, its log, the clinic, the page, the consent, earlier answers, and the locations.
    with django_assert_num_queries(8):
        Client().get(path(visit))
