"""A page that is not signed in the visitor's language shows the clinic's own, labelled, and books by phone."""

import pytest
from django.test import Client

from clinic.models import Clinic, Location
from clinic.tests.markup import Element, Markup, page
from treatments.models import Edition
from treatments.tests.conftest import Site
from treatments.tests.pages import sign_draft, signed_treatment, translate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def both_offered(site: Site) -> None:
    Clinic.objects.update(languages=["en", "fa"])


def saying(found: Markup, text: str) -> list[Element]:
    """The innermost elements that say `text`."""
    those = [element for element in found.elements if text in element.text]
    return [element for element in those if not any(other.parent is element for other in those)]


def paths_of(site: Site) -> list[str]:
    path = f"/fa/treatments/{site.treatment.slug}/"
    return [path, f"{path}aftercare/"]


def test_the_page_is_labelled_with_its_language_and_direction(site: Site, client: Client) -> None:
    for path in paths_of(site):
        found = page(client, path)
        assert found.one("html").attributes == {"lang": "fa", "dir": "rtl"}
        for element in [found.one("h1"), *saying(found, "Do not wear make-up on the area")]:
            assert (element.inherited("lang"), element.inherited("dir")) == ("en", "ltr"), path


def test_the_page_says_so_in_the_visitors_language(site: Site, client: Client) -> None:
    for path in paths_of(site):
        (notice,) = saying(page(client, path), "It is shown in English. Booking is open by phone.")
        assert notice.inherited("lang") == "fa"


def test_search_engines_leave_it_out_and_keep_the_signed_one(site: Site, client: Client) -> None:
    for path in paths_of(site):
        assert page(client, path).meta("robots") == ["noindex"]
        assert page(client, path.replace("/fa/", "/en/")).meta("robots") == []


def test_it_is_booked_by_phone(site: Site, client: Client) -> None:
    slug = site.treatment.slug
    persian, english = (page(client, f"/{code}/treatments/{slug}/") for code in ("fa", "en"))
    assert f"/en/book/{slug}/" in english.links
    assert not any(f"/book/{slug}/" in link for link in persian.links)
    assert "Call us to book" in persian.text


@pytest.mark.parametrize("path", ["treatments/", "areas/face/", "concerns/fine-lines/"])
def test_lists_label_what_is_in_another_language(site: Site, client: Client, path: str) -> None:
    (name,) = saying(page(client, f"/fa/{path}"), "Small injections for the face")
    assert name.inherited("lang") == "en"


def test_once_signed_it_is_shown_in_the_visitors_language(site: Site, client: Client) -> None:
    translate(site.treatment)
    path = paths_of(site)[0]
    assert page(client, path).one("h1").text == "Facial rejuvenation"
    sign_draft(site.treatment, now=site.treatment.editions.get().signed_at, language="fa")
    found = page(client, path)
    assert found.one("h1").text == "fa: Facial rejuvenation"
    assert found.one("h1").inherited("lang") == "fa"
    assert found.meta("robots") == []
    assert "It is shown in English" not in found.text


def test_a_fallback_from_persian_runs_from_right_to_left(site: Site, client: Client) -> None:
    Clinic.objects.update(default_language="fa")
    now = site.treatment.editions.get().signed_at
    other = signed_treatment(now=now, slug="other")
    translate(other)
    sign_draft(other, now=now, language="fa")
    Edition.objects.filter(treatment=other, language="en")._raw_delete("default")
    heading = page(client, "/en/treatments/other/").one("h1")
    assert (heading.text, heading.inherited("lang"), heading.inherited("dir")) == ("fa: Other", "fa", "rtl")


def test_a_page_in_a_language_that_is_not_offered_stays_out_of_search_engines(site: Site, client: Client) -> None:
    translate(site.treatment)
    sign_draft(site.treatment, now=site.treatment.editions.get().signed_at, language="fa")
    Clinic.objects.update(languages=["en"])
    for path in site.paths("fa"):
        assert page(client, path).meta("robots") == ["noindex"], path


UNTRANSLATED = {
    "tagline_en": "Injections, explained",
    "about_en": "We are five.",
    "legal_details_en": "Register 123",
}
PLACE = {"getting_there_en": "By tram", "step_free_access_en": "A lift", "what_to_bring_en": "A list"}


def test_what_the_clinic_has_not_translated_is_shown_labelled(site: Site, client: Client) -> None:
    Clinic.objects.update(**UNTRANSLATED)
    Location.objects.update(**PLACE)
    person = site.practitioner
    person.bio_en, person.qualifications_en = "Since 2010.", "Dermatology"
    person.save()
    shown = {
        "/fa/": ["Injections, explained", "We are five."],
        "/fa/imprint/": ["Register 123", "Berlin"],
        "/fa/locations/berlin/": list(PLACE.values()),
        "/fa/practitioners/": ["We are five.", "Since 2010.", "Dermatology"],
        "/fa/areas/face/": ["Forehead, cheeks and chin."],
        "/fa/concerns/fine-lines/": ["Small lines that come with age."],
    }
    missing = []
    for path, texts in shown.items():
        found = page(client, path)
        for text in texts:
            if not any(element.inherited("lang") == "en" for element in saying(found, text)):
                missing.append((path, text))
    assert missing == []
