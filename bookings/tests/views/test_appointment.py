"""The patient's page of one appointment."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from bookings import links
from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment
from bookings.models.appointment import new_secret
from bookings.tests.actions.states import WAYS
from bookings.tests.browser import Visitor
from bookings.tests.factories import Diary
from bookings.tests.views.ways import to_details
from clinic.models import Clinic

HEADINGS = {
    State.REQUESTED: "We have your request",
    State.CONFIRMED: "Your appointment is confirmed",
    State.DECLINED: "We could not take this appointment",
    State.CANCELLED: "This appointment is cancelled",
    State.LAPSED: "We did not answer in time",
    State.ARRIVED: "Your appointment",
    State.COMPLETED: "Your appointment",
    State.NO_SHOW: "Your appointment",
}


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    return diary.request(diary.at(1, 10))


def test_it_says_what_when_where_with_whom_and_what_happens_next(asked: Appointment, visitor: Visitor) -> None:
    text = visitor.get(asked.patient_path()).main.text
    assert "Tuesday 8 December 2026 10:00–10:30 Berlin time (CET)" in text
    for shown in (asked.reference, "Consultation", asked.practitioner.name, "Teststr. 1, 10115 Berlin", "Ada Example"):
        assert shown in text
    assert "The clinic answers by email or phone within 1 working day. Until then the time stays yours." in text
    assert "call us and give the reference: +49 30 23125001" in text


@pytest.mark.parametrize("state", list(HEADINGS))
def test_it_says_how_things_stand(asked: Appointment, visitor: Visitor, diary: Diary, state: State) -> None:
    for step in WAYS[state]:
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    visitor.get(asked.patient_path())
    assert visitor.status == 200
    assert visitor.heading == HEADINGS[state]
    assert visitor.main.one("p", class_="state").text == asked.get_state_display()
    given_up = state in {State.DECLINED, State.CANCELLED, State.LAPSED}
    assert ("You can choose another time, or call us." in visitor.main.text) is given_up


def test_a_request_that_nobody_answered_in_time_says_so(
    asked: Appointment, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    clock.move_to(asked.starts_at - timedelta(seconds=1))
    assert visitor.get(asked.patient_path()).heading == HEADINGS[State.REQUESTED]
    clock.move_to(asked.starts_at)
    assert visitor.get(asked.patient_path()).heading == HEADINGS[State.LAPSED]
    assert Appointment.objects.get().state == State.REQUESTED


def test_a_confirmed_appointment_says_what_to_bring(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    diary.location.what_to_bring_en = "An identity card\n\nYour questions"
    diary.location.save()
    assert "An identity card" not in visitor.get(asked.patient_path()).main.text
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    bring = visitor.get(asked.patient_path()).main.one("ul", class_="bullets")
    assert [line.text for line in bring.all("li")] == ["An identity card", "Your questions"]


def test_the_link_works_years_later_and_without_a_session(asked: Appointment, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(days=800))
    assert Client().get(asked.patient_path()).status_code == 200


def tokens_that_open_nothing(diary: Diary, asked: Appointment) -> list[str]:
    token = links.make_token(reference=asked.reference, secret=asked.link_secret)
    reference, _dot, digits = token.partition(".")
    other = diary.request(diary.at(1, 12), visitor="another")
    revoked = links.make_token(reference=other.reference, secret=other.link_secret)
    other.link_secret = new_secret()
    other.save()
    held = diary.hold(diary.at(1, 14), visitor="holder")
    return [
        revoked,
        links.make_token(reference=held.reference, secret=held.link_secret),
        f"{reference}.{'0' * 40}",
        f"{reference}.{digits[:-1]}{'0' if digits[-1] != '0' else '1'}",
        f"{reference}.{digits.upper()}" if digits.upper() != digits else f"{reference}.",
        f"{reference}.{revoked.partition('.')[2]}",
        f"ZZZZ-ZZZZ.{digits}",
        links.make_token(reference="ZZZZ-ZZZZ", secret=""),
        f"{token}.{digits}",
        f" {token}",
        f"{token}\x00",
        f"\x00{token}",
        reference,
        reference.lower() + "." + digits,
        str(asked.pk),
        ".",
        "é" * 50,
        "A" * 5000,
    ]


def answer(token: str) -> tuple[int, str, str]:
    response = Client().get(f"/en/appointments/{token}/")
    return response.status_code, response.content.decode(), str(response.headers)


def test_every_other_link_is_answered_alike(diary: Diary, asked: Appointment) -> None:
    answers = {answer(token) for token in tokens_that_open_nothing(diary, asked)}
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404
    assert Client().get(asked.patient_path()).status_code == 200


def test_they_are_answered_alike_where_the_page_names_its_address_in_other_languages(
    diary: Diary, asked: Appointment
) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    well_formed = [one for one in tokens_that_open_nothing(diary, asked) if re.fullmatch(r".{9}\.[0-9a-f]{40}", one)]
    assert len(well_formed) > 5
    assert len({answer(token)[1].replace(token, "(token)") for token in well_formed}) == 1


def test_a_new_secret_revokes_the_link_and_makes_another(asked: Appointment) -> None:
    before = asked.patient_path()
    asked.link_secret = new_secret()
    asked.save()
    assert Client().get(before).status_code == 404
    assert Client().get(asked.patient_path()).status_code == 200


def test_a_held_time_cannot_be_opened_by_a_link(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    held = Appointment.objects.get()
    for client in (visitor.client, Client()):
        assert client.get(held.patient_path()).status_code == 404


def test_the_link_opens_the_page_in_the_language_of_its_address(asked: Appointment, visitor: Visitor) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    visitor.get(asked.patient_path().replace("/en/", "/fa/"))
    assert visitor.status == 200
    assert visitor.page.one("html").get("dir") == "rtl"
    assert asked.reference in visitor.main.text
