"""A link opens one appointment for half a year; all that open nothing are answered alike."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings import links
from bookings.models import Appointment
from bookings.models.appointment import new_secret
from bookings.tests.actions.waiting import waiting
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import everything
from bookings.tests.views.ways import to_details
from clinic.models import Clinic


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
