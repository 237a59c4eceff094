"""The headers that keep a page what it is, on every kind of answer."""

import pytest
from django.test import Client

from clinic.tests.factories import ClinicFactory

pytestmark = pytest.mark.django_db

PATHS = ["/en/", "/fa/privacy/", "/en/nothing/", "/", "/robots.txt", "/sitemap.xml", "/healthz", "/admin/login/"]


@pytest.fixture(params=PATHS)
def headers(request: pytest.FixtureRequest, client: Client) -> dict[str, str]:
    ClinicFactory()
    return dict(client.get(request.param).headers)


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: values for name, *values in parts}


def test_the_content_policy_lets_in_only_what_is_ours(headers: dict[str, str]) -> None:
    policy = directives(headers["Content-Security-Policy"])
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["img-src"] == policy["form-action"] == ["'self'"]
    sources = {source for values in policy.values() for source in values}
    assert sources == {"'none'", "'self'"}, "nothing unsafe, no other host, no data:"


def test_a_page_is_not_framed_sniffed_or_told_of(headers: dict[str, str]) -> None:
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_devices_senses_are_switched_off(headers: dict[str, str]) -> None:
    switched_off = {part.strip() for part in headers["Permissions-Policy"].split(",")}
    assert {"camera=()", "microphone=()", "geolocation=()", "payment=()"} <= switched_off
    assert all(part.endswith("=()") for part in switched_off)


def test_a_page_says_what_it_is(client: Client) -> None:
    assert client.get("/en/").headers["Content-Type"] == "text/html; charset=utf-8"
    assert client.get("/en/").headers["Content-Language"] == "en"
    assert client.get("/robots.txt").headers["Content-Type"].startswith("text/plain")
    assert client.get("/sitemap.xml").headers["Content-Type"].startswith("application/xml")
