"""Visitors read signed editions, and a treatment without one says what to do instead."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from clinic.models import Clinic
from clinic.tests.markup import Markup, page
from treatments.models import BodyArea, Concern, Treatment
from treatments.tests.conftest import Site
from treatments.tests.factories import StepFactory, TreatmentFactory
from treatments.tests.pages import ready_treatment, sign_draft, signed_treatment

pytestmark = pytest.mark.django_db


def read(client: Client, treatment: Treatment, *, status: int = 200) -> Markup:
    return page(client, treatment.get_absolute_url(), status=status)


def test_editing_the_draft_changes_nothing_until_it_is_signed(site: Site, client: Client, today: datetime) -> None:
    treatment = site.treatment
    before = client.get(treatment.get_absolute_url()).content
    Treatment.objects.filter(pk=treatment.pk).update(name_en="New name", tagline_en="New tagline", what_it_is_en="New")
    StepFactory(treatment=treatment, title_en="A new step")
    treatment.aftercare_set.all().delete()
    treatment.areas.clear()
    for path in ("/en/", "/en/treatments/", "/en/areas/face/", "/en/concerns/fine-lines/"):
        assert "New" not in page(client, path).text
    assert client.get(treatment.get_absolute_url()).content == before
    treatment.aftercare_set.create(text_en="Rest")
    sign_draft(treatment, now=today)
    found = read(client, treatment)
    assert found.one("h1").text == "New name"
    assert "A new step" in found.text
    assert "New tagline" in page(client, "/en/treatments/").text


def test_what_is_published_later_is_shown_from_then_on(site: Site, client: Client, today: datetime) -> None:
    Treatment.objects.update(name_en="Later")
    start = today + timedelta(days=2)
    sign_draft(site.treatment, now=today, publish_from=start)
    with time_machine.travel(start - timedelta(seconds=1), tick=False):
        assert read(client, site.treatment).one("h1").text == "Facial rejuvenation"
    with time_machine.travel(start, tick=False):
        assert read(client, site.treatment).one("h1").text == "Later"


def test_a_first_edition_published_later_is_not_found_before(site: Site, client: Client, today: datetime) -> None:
    treatment = ready_treatment(slug="soon")
    sign_draft(treatment, now=today, publish_from=today + timedelta(days=1))
    assert "reviewed" in read(client, treatment, status=404).one("h1").text
    assert "Soon" not in page(client, "/en/treatments/").text
    with time_machine.travel(today + timedelta(days=1), tick=False):
        assert read(client, treatment).one("h1").text == "Soon"


def test_pages_signed_for_a_demonstration_vanish_when_it_ends(site: Site, client: Client, today: datetime) -> None:
    Clinic.objects.update(is_demo=True)
    demo = signed_treatment(now=today, slug="invented")
    assert "the reviewer is invented" in read(client, demo).text
    assert "the reviewer is invented" not in read(client, site.treatment).text
    Clinic.objects.update(is_demo=False)
    assert "Invented" not in page(client, "/en/treatments/").text
    read(client, demo, status=404)
    read(client, site.treatment)


def test_an_unsigned_treatment_says_so_and_what_to_do(site: Site, client: Client) -> None:
    draft = ready_treatment(slug="draft", tagline_en="Nobody signed this")
    for path in (draft.get_absolute_url(), f"{draft.get_absolute_url()}aftercare/"):
        found = page(client, path, status=404)
        assert found.one("h1").text == "This page is being reviewed"
        assert "only after a clinician has signed its page" in found.text
        assert found.meta("robots") == ["noindex"]
        assert {"tel:+49-30-23125001", "/en/treatments/"} <= found.links
        assert not any("/book/draft/" in link for link in found.links)
    assert "Nobody signed this" not in page(client, "/en/treatments/").text


def test_a_page_under_a_new_address_links_to_where_it_is(site: Site, client: Client) -> None:
    old = site.treatment.get_absolute_url()
    Treatment.objects.update(slug="renewed")
    page(client, old, status=404)
    found = page(client, "/en/treatments/renewed/")
    assert "/en/treatments/renewed/aftercare/" in found.links
    assert "/en/book/renewed/" in found.links
    assert not any("facial-rejuvenation" in link for link in found.links)


@pytest.mark.parametrize(
    "path",
    [
        "/en/treatments/nothing/",
        "/en/treatments/nothing/aftercare/",
        "/en/areas/nothing/",
        "/en/concerns/nothing/",
        "/en/locations/nothing/",
        "/en/nothing/",
        "/de/",
        "/nothing",
        "/en/treatments/%F0%9F%92%89/",
    ],
)
def test_what_does_not_exist_is_not_found(site: Site, client: Client, path: str) -> None:
    assert page(client, path, status=404).one("h1").text == "We cannot find this page"


def test_the_byline_names_reviewer_and_dates_of_the_edition(site: Site, client: Client) -> None:
    edition = site.treatment.editions.get()
    bylines = {element.text for element in read(client, site.treatment).all("p", class_="byline")}
    said = f"Reviewed by {edition.reviewer.name}, Doctor, on 7 December 2026. Next review by December 2027."
    assert bylines == {said}


def test_a_family_stands_together_and_a_child_without_its_overview_alone(site: Site, client: Client) -> None:
    now = site.treatment.editions.get().signed_at
    overview = TreatmentFactory(slug="overview", is_overview=True)
    child = signed_treatment(now=now, slug="child", parent=overview)
    assert child.get_absolute_url() in page(client, "/en/treatments/").links
    for rows in ("contraindication", "complication", "preparation", "step", "aftercare"):
        getattr(child, f"{rows}_set").update(treatment=overview)
    sign_draft(overview, now=now)
    found = page(client, "/en/treatments/")
    assert found.one("section", aria_labelledby="overview").text.count("Child") == 1
    assert found.one("main").text.count("Child") == 1
    assert child.get_absolute_url() in read(client, overview).links
    assert overview.get_absolute_url() in read(client, child).links


def test_areas_and_concerns_are_offered_where_something_is_published(site: Site, client: Client) -> None:
    BodyArea.objects.create(slug="neck", name_en="Neck")
    Concern.objects.create(slug="dull-skin", name_en="Dull skin")
    links = page(client, "/en/").links
    assert {"/en/areas/face/", "/en/concerns/fine-lines/"} <= links
    assert not {"/en/areas/neck/", "/en/concerns/dull-skin/"} & links
    for path in ("/en/areas/neck/", "/en/concerns/dull-skin/"):
        assert "We have no published treatment for this at the moment." in page(client, path).text


def test_a_concern_shows_what_is_known_of_each_benefit(site: Site, client: Client) -> None:
    evidence = page(client, "/en/concerns/fine-lines/").one("ul", class_="evidence").text
    assert evidence.startswith("Evidence: None Fewer lines We found no controlled study.")
