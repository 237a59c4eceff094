"""When something goes wrong, a page in the site's own look says what to do next."""

import logging

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory, override_settings
from django.urls import get_resolver

from clinic.tests.factories import ClinicFactory, LocationFactory
from clinic.tests.markup import Markup, hosts, page, read
from clinic.views.errors import too_many


@pytest.fixture
def clinic(db: None) -> None:
    ClinicFactory()
    LocationFactory()


def is_ours(found: Markup, title: str) -> None:
    """In the site's look, out of search engines, with ways on, and nothing that leads nowhere."""
    assert found.one("h1").text == title
    assert found.one("title").text.startswith(title)
    assert found.one("link", rel="stylesheet")["href"] == "/static/css/site.css"
    assert found.meta("robots") == ["noindex"]
    assert found.all("link", rel="canonical") == found.all("link", rel="alternate") == []
    assert hosts(found.resources) == set()


def is_helpful(found: Markup) -> None:
    assert {"/en/treatments/", "/en/book/", "tel:+49-30-23125001"} <= found.links
    assert found.one("nav", aria_label="Main")


def failing(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page fails with `error`."""

    def fail(_request: object) -> dict[str, object]:
        raise error

    monkeypatch.setattr("treatments.views.all_readings", fail)


@pytest.mark.usefixtures("clinic")
def test_not_found(client: Client) -> None:
    found = page(client, "/en/nothing/", status=404)
    is_ours(found, "We cannot find this page")
    is_helpful(found)


@pytest.mark.usefixtures("clinic")
def test_forbidden(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(PermissionDenied("the reason is ours"), monkeypatch)
    found = page(client, "/en/", status=403)
    is_ours(found, "This page stayed closed")
    is_helpful(found)
    assert "the reason is ours" not in found.text


@pytest.mark.usefixtures("clinic")
def test_a_request_that_makes_no_sense(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(SuspiciousOperation("the reason is ours"), monkeypatch)
    found = page(client, "/en/", status=400)
    is_ours(found, "We could not read that")
    is_helpful(found)
    assert "the reason is ours" not in found.text


@pytest.mark.usefixtures("clinic")
@override_settings(ALLOWED_HOSTS=["clinic.example"])
def test_a_host_that_is_not_ours(client: Client) -> None:
    found = page(client, "/en/", status=400, headers={"host": "evil.example"})
    is_ours(found, "We could not read that")
    assert "evil.example" not in str([element.attributes for element in found.elements])


@pytest.mark.usefixtures("clinic")
def test_more_than_a_form_of_ours_sends() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    response = strict.post("/en/book/anything/details/", {"name": "x" * 2_200_000}, "application/x-www-form-urlencoded")
    assert response.status_code == 413
    found = read(response)
    is_ours(found, "We could not read that")
    is_helpful(found)
    assert "too large" in found.text


@pytest.mark.usefixtures("clinic")
def test_an_answer_from_elsewhere() -> None:
    response = Client(enforce_csrf_checks=True).post("/en/book/anything/details/", {"name": "x"})
    assert response.status_code == 403
    found = read(response)
    is_ours(found, "This page stayed closed")
    is_helpful(found)
    assert "Nothing was booked or changed." in found.text


def test_a_fault_of_ours_without_a_database(caplog: pytest.LogCaptureFixture) -> None:
    """This test may not reach the database: neither may the page."""
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.ERROR):
        response = client.get("/en/")
    assert response.status_code == 500
    found = read(response)
    is_ours(found, "Something went wrong on our side")
    assert "Traceback" not in found.text
    reference = found.one("strong").text
    assert len(reference) == 8
    assert f"reference {reference}" in caplog.text
    assert "/" in found.links


@pytest.mark.parametrize("language", ["fa", "ar"])
def test_a_fault_is_told_in_the_visitors_direction(language: str) -> None:
    found = read(Client(raise_request_exception=False).get(f"/{language}/"))
    assert found.one("html").attributes == {"lang": language, "dir": "rtl"}


@pytest.mark.usefixtures("clinic")
def test_without_a_language_in_the_address_the_page_still_has_one(client: Client) -> None:
    found = page(client, "/nothing", status=404, headers={"accept-language": "fa"})
    assert found.one("html").attributes == {"lang": "fa", "dir": "rtl"}


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_every_error_has_a_page_of_ours(status: int) -> None:
    handler = get_resolver().resolve_error_handler(status)
    assert handler.__module__ == "clinic.views.errors"


@pytest.mark.usefixtures("clinic")
def test_who_comes_too_often_reads_why_until_when_and_whom_to_call(rf: RequestFactory) -> None:
    request = rf.post("/en/book/")
    response = too_many(request, seconds=1741, why="That was very often.", back="/en/", kept=True)
    found = read(response)
    is_ours(found, "Please wait a little")
    assert (response.status_code, response["Retry-After"]) == (429, "1741")
    assert "That was very often. There is a limit, so that no program can fill our diary." in found.text
    assert "You can go on in 30 minutes. Nothing was booked or changed. What you typed is kept." in found.text
    assert {"/en/", "tel:+49-30-23125001"} <= found.links


@pytest.mark.usefixtures("clinic")
def test_whoever_typed_nothing_is_not_told_that_it_is_kept(rf: RequestFactory) -> None:
    found = read(too_many(rf.post("/en/book/"), seconds=60, why="That was very often."))
    assert "You can go on in 1 minute. Nothing was booked or changed." in found.text
    assert "is kept" not in found.text
    assert "Go back" not in found.text
