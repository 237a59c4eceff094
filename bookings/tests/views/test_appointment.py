"""The patient's page of one appointment."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings import links
from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Course
from bookings.models.appointment import new_secret
from bookings.tests.actions.states import WAYS
from bookings.tests.actions.waiting import waiting
from bookings.tests.answered import answered
from bookings.tests.browser import Visitor
from bookings.tests.factories import Diary
from bookings.tests.rows import everything
from bookings.tests.views.ways import to_details
from clinic.enums import LateChanges
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
    """Tomorrow at ten, with every question answered."""
    asked = diary.request(diary.at(1, 10))
    answered(asked)
    return asked


def test_it_says_what_when_where_with_whom_and_what_happens_next(asked: Appointment, visitor: Visitor) -> None:
    text = visitor.get(asked.patient_path()).main.text
    assert "Tuesday 8 December 2026 10:00–10:30 Berlin time (CET)" in text
    for shown in (asked.reference, "Consultation", asked.practitioner.name, "Teststr. 1, 10115 Berlin", "Ada Example"):
        assert shown in text
    assert "The clinic answers within 1 working day. Until then the time stays yours." in text
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


def test_answers_that_ask_for_a_later_day_are_said_until_the_visit_is_moved(
    asked: Appointment, visitor: Visitor, diary: Diary
) -> None:
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    said, day = "Your answers ask for a later day than this one.", asked.local_start.date()
    for not_before, is_said in ((day, False), (day + timedelta(days=1), True)):
        asked.screenings.update(not_before=not_before)
        assert (said in visitor.get(asked.patient_path()).main.text) is is_said


def test_who_did_not_come_is_asked_to_book_another_time(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    for step in WAYS[State.NO_SHOW]:
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    text = visitor.get(asked.patient_path()).main.text
    assert "We missed you. Please book another time, or call us." in text
    assert visitor.main.link("Choose another time") == "/en/book/"
    assert "If anything worries you afterwards" not in text


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


def test_the_link_works_without_a_session_for_half_a_year_after_the_visit(
    asked: Appointment, clock: time_machine.Traveller
) -> None:
    last = asked.ends_at + timedelta(days=180)
    clock.move_to(last - timedelta(seconds=1))
    assert Client().get(asked.patient_path()).status_code == 200
    clock.move_to(last)
    assert Client().get(asked.patient_path()).status_code == 404


def tokens_that_open_nothing(diary: Diary, asked: Appointment) -> list[str]:
    token = links.make_token(reference=asked.reference, secret=asked.link_secret)
    reference, _dot, digits = token.partition(".")
    other = diary.request(diary.at(1, 12), visitor="another")
    revoked = links.make_token(reference=other.reference, secret=other.link_secret)
    other.link_secret = new_secret()
    other.save()
    held = diary.hold(diary.at(1, 14), visitor="holder")
    expired = diary.request(diary.at(1, 15), visitor="long ago")
    Appointment.objects.filter(pk=expired.pk).update(
        starts_at=diary.now - timedelta(days=180, hours=1), ends_at=diary.now - timedelta(days=180)
    )
    entry = waiting(diary)
    return [
        revoked,
        links.make_token(reference=expired.reference, secret=expired.link_secret),
        links.make_token(reference=entry.reference, secret=entry.link_secret),
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


def answer(token: str, page: str = "", **client: Any) -> tuple[int, str, str]:
    response = Client(**client).get(f"/en/appointments/{token}/{page}")
    return response.status_code, response.content.decode(), str(response.headers)


def test_every_other_link_is_answered_alike_and_says_what_to_do(
    diary: Diary, asked: Appointment, visitor: Visitor
) -> None:
    tokens = tokens_that_open_nothing(diary, asked)
    answers = {answer(token) for token in tokens}
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404
    assert Client().get(asked.patient_path()).status_code == 200
    visitor.get(f"/en/appointments/{tokens[0]}/")
    assert visitor.heading == "This link opens nothing"
    assert "+49 30 23125001" in visitor.main.text
    assert visitor.follow("Send me my link").heading == "I lost my link"


@pytest.mark.parametrize("page", ["move/", "move/check/", "cancel/"])
def test_so_are_those_of_its_other_pages_whatever_the_method(diary: Diary, asked: Appointment, page: str) -> None:
    tokens = tokens_that_open_nothing(diary, asked)
    page_body = answer(tokens[0])[1]
    before = everything()
    assert {answer(token, page)[:2] for token in tokens} == {(404, page_body)}
    for token in tokens:
        sent = Client().post(f"/en/appointments/{token}/{page}", {"start": "20261209T0900Z"})
        assert (sent.status_code, sent.content.decode()) == (404, page_body)
    assert everything() == before


def test_whoever_tries_very_many_is_asked_to_wait_while_good_links_open(asked: Appointment) -> None:
    answers = [answer("wrong", REMOTE_ADDR="192.0.2.1")[0] for _ in range(62)]
    assert answers == [404] * 60 + [429] * 2
    assert Client(REMOTE_ADDR="192.0.2.1").get(asked.patient_path()).status_code == 200
    assert answer("wrong", REMOTE_ADDR="192.0.2.2")[0] == 404


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


# What is there to do


def test_before_the_visit_it_can_be_moved_and_cancelled(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    for _ in range(2):
        visitor.get(asked.patient_path())
        assert visitor.main.link("Move it to another time") == f"{asked.patient_path()}move/"
        assert visitor.main.link("Cancel it") == f"{asked.patient_path()}cancel/"
        if asked.state == State.REQUESTED:
            change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)


def test_until_it_is_late_and_then_by_phone(
    asked: Appointment, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    assert "here until Monday 7 December, 10:00" in visitor.get(asked.patient_path()).main.text
    clock.move_to(asked.starts_at - timedelta(hours=24))
    visitor.get(asked.patient_path())
    assert "Please call us, we will find a way: +49 30 23125001" in visitor.main.text
    assert "Move it" not in visitor.main.text
    Clinic.objects.update(late_changes=LateChanges.ALLOWED)
    visitor.get(asked.patient_path())
    assert "Move it" in visitor.main.text
    assert "here until" not in visitor.main.text


@pytest.mark.parametrize(
    "state", [State.DECLINED, State.CANCELLED, State.LAPSED, State.ARRIVED, State.COMPLETED, State.NO_SHOW]
)
def test_and_not_once_it_is_over_or_given_up(asked: Appointment, visitor: Visitor, diary: Diary, state: State) -> None:
    for step in WAYS[state]:
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    visitor.get(asked.patient_path())
    assert not {"Move it to another time", "Cancel it"} & {link.text for link in visitor.main.all("a")}


def test_nor_once_it_has_begun(asked: Appointment, visitor: Visitor, clock: time_machine.Traveller) -> None:
    clock.move_to(asked.starts_at)
    assert "Cancel it" not in visitor.get(asked.patient_path()).main.text


def test_answers_that_a_clinician_must_look_at_are_named(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    assert "looks at your answers" not in visitor.get(asked.patient_path()).main.text
    answered(asked, needs_review=True, answered_at=diary.now + timedelta(minutes=1))
    assert "A clinician looks at your answers first." in visitor.get(asked.patient_path()).main.text


def test_a_session_of_a_course_says_which(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    asked.course, asked.session_number = course_at(asked, sessions=5), 2
    asked.save()
    assert "Session 2 of 5" in visitor.get(asked.patient_path()).main.text


def course_at(consultation: Appointment, *, sessions: int) -> Course:
    return Course.objects.create(
        consultation=consultation,
        treatment=consultation.treatment,
        type=consultation.type,
        phase="First",
        sessions=sessions,
        gap_from=7,
        created_at=consultation.requested_at,
    )


def test_what_the_address_says_was_done_is_taken_only_from_a_short_list(asked: Appointment, visitor: Visitor) -> None:
    assert "Your appointment is moved." in visitor.get(f"{asked.patient_path()}?done=moved").main.text
    for made_up in ("changed", "<b>", "paid"):
        assert not visitor.get(f"{asked.patient_path()}?done={made_up}").main.all("div", class_="notice")


@pytest.mark.parametrize("state", [State.REQUESTED, State.CANCELLED])
def test_it_costs_few_queries(
    asked: Appointment, diary: Diary, state: State, django_assert_max_num_queries: Any
) -> None:
    for step in WAYS[state]:
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    with django_assert_max_num_queries(10):
        Client().get(asked.patient_path())
