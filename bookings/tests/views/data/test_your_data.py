"""What it opens, for this browser alone and for a while: download, withdraw, erase."""

import json
import logging
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client

from bookings.enums import ConsentKind, ErasureOutcome, State
from bookings.models import Appointment, DataLink, ErasureRequest
from bookings.queries.personal_data import personal_data
from bookings.tests.about_ada import AboutAda, traces_in
from bookings.tests.browser import Visitor
from bookings.tests.rows import everything, rows_of
from bookings.tests.views.data.ways import YOURS, home, link, opened, withdrawal
from clinic.logs import WithoutTokens
from clinic.models import Clinic


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
