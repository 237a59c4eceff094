"""The sitemap lists what is published, in each language in which it is."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from clinic.models import Clinic
from treatments.tests.conftest import Site
from treatments.tests.factories import BodyAreaFactory
from treatments.tests.pages import ready_treatment, sign_draft, translate

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
HOST = "http://testserver"


def entries(client: Client) -> dict[str, dict[str, str]]:
    """The alternates, by language, of each path in the sitemap."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    urls = ElementTree.fromstring(response.content).findall("s:url", NAMES)
    return {
        url.findtext("s:loc", "", NAMES).removeprefix(HOST): {
            link.attrib["hreflang"]: link.attrib["href"].removeprefix(HOST) for link in url.findall("x:link", NAMES)
        }
        for url in urls
    }


def test_it_lists_every_page_once_but_the_printed_ones(site: Site, client: Client) -> None:
    assert set(entries(client)) == {path for path in site.paths() if not path.endswith("/aftercare/")}


def test_it_lists_nothing_that_is_not_published(site: Site, client: Client, today: datetime) -> None:
    before = entries(client)
    ready_treatment(slug="draft").areas.add(BodyAreaFactory(slug="neck"))
    later = ready_treatment(slug="later")
    sign_draft(later, now=today, publish_from=today + timedelta(days=1))
    assert entries(client) == before


def test_one_language_has_no_alternates_to_others(site: Site, client: Client) -> None:
    assert all(set(alternates) <= {"en"} for alternates in entries(client).values())


def test_two_languages_name_each_other(site: Site, client: Client) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    found = entries(client)
    assert found["/en/imprint/"] == found["/fa/imprint/"] == {"en": "/en/imprint/", "fa": "/fa/imprint/"}
    assert not any(path.startswith("/ar/") for path in found)


def test_a_treatment_is_listed_in_the_languages_in_which_it_is_signed(
    site: Site, client: Client, today: datetime
) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    english, persian = (f"/{code}/treatments/{site.treatment.slug}/" for code in ("en", "fa"))
    assert persian not in entries(client)
    assert persian not in entries(client)[english].values()
    translate(site.treatment)
    sign_draft(site.treatment, now=today, language="fa")
    assert entries(client)[persian] == {"en": english, "fa": persian}


def test_a_treatment_signed_in_another_language_only_is_listed_there(
    site: Site, client: Client, today: datetime
) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    treatment = ready_treatment(slug="persian-only")
    translate(treatment)
    sign_draft(treatment, now=today, language="fa")
    listed = [path for path in entries(client) if "persian-only" in path]
    assert listed == ["/fa/treatments/persian-only/"]


def test_it_says_when_a_page_was_published(site: Site, client: Client) -> None:
    text = client.get("/sitemap.xml").content.decode()
    assert text.count("<lastmod>2026-12-07</lastmod>") == 1
