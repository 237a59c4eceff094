"""What holds for every page that a visitor reads."""

from itertools import pairwise

import pytest
from django.test import Client

from clinic.models import Clinic
from clinic.tests.markup import hosts, page, read
from treatments.tests.conftest import Site
from treatments.tests.pages import sign_draft, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilingual(site: Site) -> Site:
    """The same site, offered and signed in Persian too."""
    Clinic.objects.update(languages=["en", "fa"], tagline_fa="fa: tagline")
    translate(site.treatment)
    sign_draft(site.treatment, now=site.treatment.editions.get().signed_at, language="fa")
    return site


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fa", "rtl")])
def test_a_page_has_one_heading_its_language_and_its_address(
    bilingual: Site, client: Client, language: str, direction: str
) -> None:
    for path in bilingual.paths(language):
        found = page(client, path)
        assert len(found.all("h1")) == 1, path
        assert found.one("h1").text, path
        assert found.one("html").attributes == {"lang": language, "dir": direction}
        assert found.one("link", rel="canonical")["href"] == f"http://testserver{path}"
        assert found.meta("robots") == [], path
        assert found.one("main", id="main")


def test_headings_skip_no_level(site: Site, client: Client) -> None:
    for path in site.paths():
        levels = [int(one.tag[1]) for one in page(client, path).elements if one.tag in {"h1", "h2", "h3", "h4"}]
        below = levels[levels.index(1) :]
        assert all(deeper <= higher + 1 for higher, deeper in pairwise(below)), (path, levels)


def test_titles_and_descriptions_are_there_and_differ(site: Site, client: Client) -> None:
    pages = {path: page(client, path) for path in site.paths()}
    titles = {found.one("title").text for found in pages.values()}
    descriptions = {found.one("meta", name="description")["content"] for found in pages.values()}
    assert len(titles) == len(descriptions) == len(pages)
    assert all(title.endswith(" – Test Clinic") and not title.startswith("–") for title in titles)
    assert all(descriptions)


def test_no_page_has_an_id_twice_or_a_link_into_nothing(site: Site, client: Client) -> None:
    for path in site.paths():
        found = page(client, path)
        ids = [element["id"] for element in found.elements if "id" in element.attributes]
        assert len(ids) == len(set(ids)), path
        inside = {link.removeprefix("#") for link in found.links if link.startswith("#")}
        named = {name for element in found.elements for name in element.attributes.get("aria-labelledby", "").split()}
        assert inside | named <= set(ids), path


def test_links_within_the_site_lead_somewhere(site: Site, client: Client) -> None:
    links = {link.partition("#")[0] for path in site.paths() for link in page(client, path).links}
    for link in {link for link in links if link.startswith("/") and "/book/" not in link}:
        assert client.get(link).status_code == 200, link


def test_nothing_is_loaded_from_elsewhere(bilingual: Site, client: Client) -> None:
    for path in bilingual.paths("en") + bilingual.paths("fa"):
        resources = page(client, path).resources
        assert resources, path
        assert hosts(resources) == set(), path


def test_reading_sets_no_cookie_and_asks_for_none(site: Site, client: Client) -> None:
    for path in [*site.paths(), "/", "/robots.txt", "/sitemap.xml"]:
        response = client.get(path)
        assert not response.cookies, path
        assert "Cookie" not in response.headers.get("Vary", ""), path


def test_reading_pages_are_only_read(site: Site, client: Client) -> None:
    for path in [*site.paths(), "/", "/robots.txt"]:
        assert client.post(path).status_code == 405, path
        assert client.head(path).status_code == client.get(path).status_code, path


def test_a_page_links_to_itself_in_the_other_languages(bilingual: Site, client: Client) -> None:
    for english, persian in zip(bilingual.paths("en"), bilingual.paths("fa"), strict=True):
        found = page(client, english)
        alternates = {link["hreflang"]: link["href"] for link in found.all("link", rel="alternate")}
        assert alternates == {"en": f"http://testserver{english}", "fa": f"http://testserver{persian}"}
        assert found.one("a", hreflang="fa").attributes == {"href": persian, "lang": "fa", "hreflang": "fa"}
        assert found.one("a", hreflang="en")["aria-current"] == "true"


def test_where_there_is_one_language_none_is_offered(site: Site, client: Client) -> None:
    for path in site.paths():
        found = page(client, path)
        assert found.all("link", rel="alternate") == [], path
        assert not any("hreflang" in link.attributes for link in found.all("a")), path


def test_a_demonstration_says_so_on_every_page(site: Site, client: Client) -> None:
    for path in site.paths():
        assert "A demonstration." not in page(client, path).text, path
    Clinic.objects.update(is_demo=True)
    for path in site.paths():
        assert "A demonstration." in page(client, path).text, path


def test_every_page_opens_with_a_way_past_the_header_and_holds_the_phone(site: Site, client: Client) -> None:
    for path in site.paths():
        found = read(client.get(path))
        assert found.all("a")[0]["href"] == "#main"
        assert "tel:+49-30-23125001" in found.links, path
