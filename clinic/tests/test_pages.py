"""The front door, robots.txt, the clinic's own pages, and all of it before anything is filled in."""

import pytest
from django.test import Client

from clinic.models import Clinic
from clinic.tests.factories import ClinicFactory, LocationFactory, OpeningHoursFactory, PractitionerFactory
from clinic.tests.markup import page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "offered", "default", "opened"),
    [
        ("fa", ["en", "fa"], "en", "/fa/"),
        ("fa-IR,fa;q=0.9,en;q=0.8", ["en", "fa"], "en", "/fa/"),
        ("fa", ["en"], "en", "/en/"),
        ("de", ["en", "fa"], "fa", "/fa/"),
        ("", ["en", "fa"], "fa", "/fa/"),
        ("*", ["en", "fa"], "fa", "/fa/"),
        ("en;q=0.1,fa;q=0.9", ["en", "fa"], "en", "/fa/"),
        ("fa,ar;q=0.8", ["en", "ar"], "en", "/ar/"),
        ("de,ar;q=0.8,en;q=0.5", ["en", "ar"], "en", "/ar/"),
        ("\u0000;;;q=x", ["en"], "en", "/en/"),
    ],
)
def test_the_front_door_opens_in_the_visitors_language_if_it_is_offered(
    client: Client, accepted: str, offered: list[str], default: str, opened: str
) -> None:
    ClinicFactory(languages=offered, default_language=default)
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response.headers["Location"]) == (302, opened)
    assert "Accept-Language" in response.headers["Vary"]


def test_robots_are_kept_from_booking_and_staff_and_told_of_the_sitemap(client: Client) -> None:
    ClinicFactory(languages=["en", "fa"])
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")} == {
        "/admin/",
        "/en/book/",
        "/en/appointments/",
        "/fa/book/",
        "/fa/appointments/",
    }
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


EMPTY = {
    "/en/": "Our treatment pages are being reviewed by our clinicians.",
    "/en/treatments/": "Our treatment pages are being reviewed by our clinicians.",
    "/en/practitioners/": "Our team will be introduced here shortly.",
    "/en/locations/": "Our address will stand here shortly.",
    "/en/privacy/": "We ask for the least we need",
    "/en/imprint/": "Clinic",
    "/en/accessibility/": "Everyone should be able to read these pages",
}


@pytest.mark.parametrize(("path", "said"), EMPTY.items())
def test_an_empty_clinic_has_all_its_pages(client: Client, path: str, said: str) -> None:
    assert not Clinic.objects.exists()
    for address in (path, path.replace("/en/", "/fa/")):
        found = page(client, address)
        assert said in found.one("main").text
        assert len(found.all("h1")) == 1
        assert found.one("title").text.endswith(" – Clinic")


def test_an_empty_clinic_has_a_front_door_robots_and_a_sitemap(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/en/"
    for path in ("/robots.txt", "/sitemap.xml"):
        assert client.get(path).status_code == 200


def test_those_who_work_here_are_introduced(client: Client) -> None:
    PractitionerFactory(name_en="Dr. Ana Lind", qualifications_en="Medicine\nDermatology", speaks=["de", "fa"])
    PractitionerFactory(name_en="Dr. Gone", is_active=False)
    text = page(client, "/en/practitioners/").one("main").text
    assert "Dr. Ana Lind" in text
    assert "Medicine Dermatology Speaks: German, Persian" in text
    assert "Dr. Gone" not in text
    assert "Dr. Gone" not in page(client, "/en/").text


def test_the_languages_someone_speaks_are_in_the_readers_words(client: Client) -> None:
    PractitionerFactory(speaks=["de", "fa"])
    PractitionerFactory(speaks=[])
    found = page(client, "/fa/practitioners/").one("main").text
    assert "آلمانی, فارسی" in found
    assert found.count("Speaks:") == 1


def test_a_location_says_when_it_is_open_how_to_get_there_and_whom_to_call(client: Client) -> None:
    place = LocationFactory(getting_there_en="By tram", step_free_access_en="A lift", what_to_bring_en="A list\nA card")
    for weekday in range(5):
        OpeningHoursFactory(location=place, weekday=weekday)
    found = page(client, "/en/locations/berlin/")
    text = found.one("main").text
    for said in ("By tram", "A lift", "A list A card", "Monday to Friday 09:00–18:00", "Saturday to Sunday closed"):
        assert said in text
    assert "Times are local (Europe/Berlin)." in text
    assert {"tel:112", "tel:+49-30-23125001"} <= found.links


def test_the_imprint_says_who_is_responsible(client: Client) -> None:
    ClinicFactory(legal_name="Lotus GmbH", legal_details_en="HRB 1\n\nBerlin", email="a@clinic.example")
    text = page(client, "/en/imprint/").one("main").text
    for said in ("Lotus GmbH", "HRB 1", "a@clinic.example"):
        assert said in text
    assert "Lotus GmbH" in page(client, "/en/privacy/").text


def test_the_privacy_page_says_who_carries_our_messages_and_what_is_kept_of_them(client: Client) -> None:
    text = page(client, "/en/privacy/").one("main").text
    for said in (
        "A mail service carries our emails",
        "We keep what we wrote to you",
        "After a treatment we ask how you are",
    ):
        assert said in text
    assert "we pass it to nobody else" not in text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<b>bold</b>", '"><img src=x onerror=alert(1)>'])
def test_what_staff_write_is_text_and_not_markup(client: Client, text: str) -> None:
    ClinicFactory(name_en=text, tagline_en=text, about_en=text, legal_details_en=text)
    LocationFactory(name_en=text, getting_there_en=text, what_to_bring_en=text)
    PractitionerFactory(name_en=text, bio_en=text, qualifications_en=text)
    for path in ("/en/", "/en/imprint/", "/en/locations/berlin/", "/en/practitioners/"):
        found = page(client, path)
        assert found.all("b") == found.all("img") == []
        assert not any(
            "alert" in script.text
            for script in found.all("script")
            if script.attributes.get("type") != "application/ld+json"
        )
        assert text in found.one("body").text or path == "/en/imprint/"
