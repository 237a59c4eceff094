"""“Your data”: from the link of an appointment, with a one-time link and the birth date."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.enums import ConsentKind, ErasureOutcome, MessageKind, State
from bookings.models import Appointment, DataLink, ErasureRequest, Message, Patient
from bookings.queries.personal_data import personal_data
from bookings.tests.about_ada import AboutAda
from bookings.tests.actions.test_privacy import traces_in
from bookings.tests.browser import Visitor
from bookings.tests.rows import everything, rows_of
from clinic.logs import WithoutTokens
from clinic.models import Clinic

RIGHT = {"birth_date_day": "10", "birth_date_month": "12", "birth_date_year": "1985"}
WRONG = {**RIGHT, "birth_date_day": "11"}
YOURS = ["/en/your-data/", "/en/your-data/download/", "/en/your-data/erasure/"]


@pytest.fixture
def about(db: None, clock: time_machine.Traveller, now: Any) -> AboutAda:
    return AboutAda(now=now)


@pytest.fixture
def newcomer(db: None, clock: time_machine.Traveller, now: Any) -> AboutAda:
    return AboutAda(now=now, never_here=True)


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def home(about: AboutAda) -> str:
    return f"{Appointment.objects.get(pk=about.consultation.pk).patient_path()}data/"


def link(about: AboutAda) -> str:
    return f"/en/data/{DataLink.objects.latest('pk').secret}/"


def opened(visitor: Visitor, about: AboutAda) -> Visitor:
    visitor.get(link(about)).press("Open", **RIGHT)
    assert visitor.path == YOURS[0]
    return visitor


def withdrawal(about: AboutAda, kind: ConsentKind) -> str:
    return f"/en/your-data/consents/{about.consent(kind).pk}/"


# The link


def test_the_appointment_leads_there_and_the_button_sends_a_link(about: AboutAda, visitor: Visitor) -> None:
    Message.objects.all().delete()
    visitor.get(about.consultation.patient_path()).follow("Your data")
    assert (visitor.path, visitor.heading) == (home(about), "Your data")
    visitor.press("Send me a link")
    assert (visitor.path, visitor.heading) == (f"{home(about)}sent/", "Look into your mailbox")
    shown = visitor.response.content
    assert "a…\u2060@example.com" in visitor.main.text
    assert about.ada.email not in shown.decode()
    assert visitor.get(visitor.path).response.content == shown
    told = Message.objects.get()
    assert (told.kind, told.event) == (MessageKind.DATA, f"data link {DataLink.objects.get().pk}")


def test_three_links_an_hour_and_six_a_day(about: AboutAda, clock: time_machine.Traveller) -> None:
    path = home(about)
    for expected in ([302, 302, 302, 429], [302, 302, 302, 429], [429]):
        assert [Client().post(path).status_code for _ in expected] == expected
        clock.shift(timedelta(hours=1, seconds=1))
    page = Visitor().arrive(Client().post(path), path)
    assert "links were asked for very often" in page.main.text
    another = f"{Appointment.objects.get(pk=about.sessions[0].pk).patient_path()}data/"
    assert Client().post(another).status_code == 302


def test_one_internet_address_is_stopped_whatever_it_asks_for(about: AboutAda, monkeypatch: Any) -> None:
    monkeypatch.setattr("bookings.views.data.ASKS_AN_HOUR", 2)
    paths = [f"{one.patient_path()}data/" for one in Appointment.objects.filter(patient=about.ada)]
    assert [Client().post(path).status_code for path in paths] == [302, 302, 429]


@pytest.mark.parametrize("missing", [{"birth_date": None}, {"email": ""}])
def test_whoever_cannot_prove_it_here_is_asked_to_call(
    about: AboutAda, visitor: Visitor, missing: dict[str, Any]
) -> None:
    Patient.objects.filter(pk=about.ada.pk).update(**missing)
    for path in (home(about), link(about)):
        visitor.get(path)
        assert "Please call us, and we will do it together." in visitor.main.text
        assert about.consultation.reference in visitor.main.text
        assert not visitor.main.all("form")
    before = everything()
    Client().post(home(about))
    Client().post(link(about), RIGHT)
    assert everything() == before


# The birth date


def test_a_wrong_date_says_so_at_the_field_and_the_fifth_closes_the_link(about: AboutAda, visitor: Visitor) -> None:
    visitor.get(link(about))
    for left in ("4 more times", "3 more times", "2 more times", "1 more time"):
        visitor.press("Open", **WRONG)
        assert (visitor.status, visitor.title.startswith("Error: ")) == (422, True)
        error = visitor.main.one("div", class_="error-summary").one("a")
        assert error.text == f"This is not the date of birth that we have. You can try {left}"
        assert visitor.main.all("input", id=error.get("href").removeprefix("#"))
    visitor.press("Open", **WRONG)
    assert (visitor.status, visitor.heading) == (404, "This link opens nothing")
    assert visitor.get(link(about)).status == 404
    assert Client().post(link(about), RIGHT).status_code == 404


def test_what_is_no_date_counts_as_no_try(about: AboutAda, visitor: Visitor) -> None:
    visitor.get(link(about))
    for typed in ({}, {**RIGHT, "birth_date_month": "13"}, {**RIGHT, "birth_date_year": "\x00"}):
        assert visitor.press("Open", **typed).status == 422
    assert DataLink.objects.get().tries == 0


def test_links_that_open_nothing_are_answered_alike(about: AboutAda, clock: time_machine.Traveller) -> None:
    used, path = DataLink.objects.get(), link(about)
    opened(Visitor(), about)
    late = DataLink.objects.create(
        appointment=about.consultation, created_at=about.now, expires_at=about.now + timedelta(seconds=1)
    )
    clock.shift(timedelta(seconds=1))
    answers = {Client().get("/en/appointments/wrong/").content}
    for secret in (used.secret, late.secret, "wrong", "\x00", "é", "A" * 3000):
        for response in (Client().get(f"/en/data/{secret}/"), Client().post(f"/en/data/{secret}/", RIGHT)):
            assert response.status_code == 404
            answers.add(response.content)
    assert path == f"/en/data/{used.secret}/"
    assert len(answers) == 1


def test_scanners_use_nothing_up(about: AboutAda) -> None:
    paths = [home(about), f"{home(about)}sent/", link(about), *YOURS, withdrawal(about, ConsentKind.DATA)]
    before = everything()
    for path in paths:
        for method in ("get", "head", "options", "put", "delete"):
            getattr(Client(), method)(path)
    assert everything() == before
    for path in (home(about), link(about), *YOURS, "/en/your-data/end/"):
        assert Client(enforce_csrf_checks=True).post(path, RIGHT).status_code in {403, 405}
    assert everything() == before


# What it opens


def test_the_pass_is_this_browsers_alone_and_for_a_quarter_of_an_hour(
    about: AboutAda, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    opened(visitor, about)
    paths = [*YOURS, withdrawal(about, ConsentKind.DATA)]
    for path in paths:
        assert visitor.client.get(path).status_code == 200, path
    before = everything()
    for path in paths:
        for method in ("get", "post"):
            response = getattr(Client(), method)(path)
            assert response.status_code in {403, 405}, path
            assert about.ada.name not in response.content.decode()
    clock.shift(timedelta(minutes=15))
    assert visitor.get(YOURS[0]).heading == "Your data are closed again"
    for path in (*paths[2:],):
        assert visitor.client.post(path).status_code == 403
    assert everything() == before


def test_another_patients_consent_is_not_withdrawn(about: AboutAda, visitor: Visitor) -> None:
    other = about.diary.request(about.diary.at(4, 15), visitor="eve")
    stranger = about.consent(ConsentKind.DATA)
    stranger.pk, stranger.patient = None, other.patient
    stranger.save()
    opened(visitor, about)
    before = rows_of(type(stranger), Appointment)
    for method in ("get", "post"):
        response = getattr(visitor.client, method)(f"/en/your-data/consents/{stranger.pk}/")
        assert (response.status_code, response["Location"]) == (302, YOURS[0])
    assert rows_of(type(stranger), Appointment) == before


def test_the_download_is_everything_and_its_name_says_nothing(about: AboutAda, visitor: Visitor) -> None:
    opened(visitor, about)
    response = visitor.client.get(YOURS[1])
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in response["Cache-Control"]
    found = json.loads(response.content)
    expected = personal_data(about.ada)
    assert {name: len(rows) for name, rows in expected.items()} == {name: len(found[name]) for name in expected}
    assert found["patient"][0]["name"] == about.ada.name


def test_withdrawing_says_what_follows_and_does_it(about: AboutAda, visitor: Visitor) -> None:
    opened(visitor, about).get(withdrawal(about, ConsentKind.TREATMENT))
    for session in about.sessions:
        assert f"{session.local_start:%H:%M}" in visitor.main.text
    assert "These appointments are cancelled at once:" in visitor.main.text
    visitor.press("Withdraw it")
    assert visitor.path == f"{YOURS[0]}?done=withdrawn"
    assert "Your consent is withdrawn." in visitor.main.text
    assert set(Appointment.objects.filter(course__isnull=False).values_list("state", flat=True)) == {State.CANCELLED}
    visitor.get(withdrawal(about, ConsentKind.DATA)).press("Withdraw it")
    assert "Nothing is in force that you could withdraw." in visitor.main.text


def test_whoever_was_never_here_is_erased_at_once(newcomer: AboutAda, visitor: Visitor) -> None:
    path = home(newcomer)
    opened(visitor, newcomer).follow("What erasing means")
    assert "These appointments are cancelled at once:" in visitor.main.text
    visitor.press("Erase my data")
    assert (visitor.path, visitor.heading) == ("/en/your-data/erased/", "Your data are erased")
    assert traces_in(everything()) == set()
    for gone in (path, path.removesuffix("data/"), link_of(newcomer)):
        assert visitor.get(gone).status == 404
    assert visitor.get(YOURS[0]).status == 403


def link_of(about: AboutAda) -> str:
    return f"/en/data/{about.link.secret}/"


def test_whoever_was_here_asks_the_clinic_and_reads_its_answer(about: AboutAda, visitor: Visitor) -> None:
    ErasureRequest.objects.all().delete()
    opened(visitor, about).follow("What erasing means").press("Ask for erasure")
    assert "We have your wish to be erased." in visitor.main.text
    assert "You asked for it on 7 December 2026." in visitor.main.text
    wish = ErasureRequest.objects.get()
    assert not visitor.get(YOURS[2]).main.all("form")
    ErasureRequest.objects.filter(pk=wish.pk).update(
        outcome=ErasureOutcome.DECLINED, decided_at=about.now, reason="Kept until 2036."
    )
    assert "Kept until 2036." in visitor.get(YOURS[0]).main.text


def test_whoever_is_done_closes_it(about: AboutAda, visitor: Visitor) -> None:
    opened(visitor, about).press("I am done: close this page")
    assert visitor.heading == "Your data are closed"
    assert visitor.get(YOURS[0]).status == 403


def test_its_pages_are_neither_stored_nor_indexed_and_cost_few_queries(
    about: AboutAda, visitor: Visitor, django_assert_max_num_queries: Any
) -> None:
    Clinic.objects.update(languages=["en"])
    paths = [home(about), f"{home(about)}sent/", link(about)]
    opened(Visitor(), about)
    for path in paths:
        with django_assert_max_num_queries(6):
            visitor.get(path)
        assert "no-store" in visitor.response["Cache-Control"]
        assert visitor.page.one("meta", name="robots").get("content") == "noindex"
    DataLink.objects.update(used_at=None)
    opened(visitor, about)
    for path in (YOURS[0], YOURS[2], withdrawal(about, ConsentKind.TREATMENT)):
        with django_assert_max_num_queries(9):
            visitor.get(path)
        assert "no-store" in visitor.response["Cache-Control"]
        assert visitor.page.one("meta", name="robots").get("content") == "noindex"


def test_its_secret_stays_out_of_the_log(about: AboutAda) -> None:
    record = logging.LogRecord("django", logging.ERROR, "", 1, "broken: %s", (link(about),), None)
    assert WithoutTokens().filter(record)
    assert record.getMessage() == "broken: /en/data/…/"
