"""A picture on a treatment's page: small files of two formats, its size known, and described."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.forms import modelform_factory
from django.test import Client
from PIL import Image

from clinic.models import Clinic
from clinic.tests.markup import Element, Markup, page
from clinic.tests.uploads import jpeg, upload
from treatments.models import Picture
from treatments.tests.conftest import Site
from treatments.tests.pages import sign_draft

pytestmark = pytest.mark.django_db

FIELDS = ["image", "kind", "alt_en", "caption_en"]


def add_picture(site: Site, width: int, height: int, *, kind: str = "photo", **values: Any) -> Picture:
    """Through the form, as staff do, and signed."""
    form = modelform_factory(Picture, fields=FIELDS)(
        {"kind": kind, "alt_en": "A thin needle over a cheek", **values},
        {"image": upload(jpeg(width, height))},
        instance=Picture(treatment=site.treatment),
    )
    assert form.is_valid(), form.errors
    picture = form.save()
    sign_draft(site.treatment, now=site.treatment.editions.get().signed_at)
    return picture


def shown(client: Client, site: Site) -> Markup:
    return page(client, site.treatment.get_absolute_url())


def sources(found: Markup) -> dict[str, str]:
    return {source["type"]: source["srcset"] for source in found.all("source")}


def inside(element: Element, tag: str) -> bool:
    while element.parent:
        element = element.parent
        if element.tag == tag:
            return True
    return False


def test_a_picture_is_offered_in_two_widths_of_two_formats(site: Site, client: Client) -> None:
    picture = add_picture(site, 2000, 1000, caption_en="In the treatment room")
    found = shown(client, site)
    image = found.one("img")
    stem = picture.image.url.removesuffix(".webp")
    assert sources(found) == {
        f"image/{kind}": f"{stem}/600w.{kind} 600w, {stem}/1200w.{kind} 1200w" for kind in ("avif", "webp")
    }
    assert image.attributes == {
        "src": picture.image.url,
        "alt": "A thin needle over a cheek",
        "width": "1600",
        "height": "800",
        "loading": "lazy",
    }
    assert inside(image, "picture")
    assert inside(image, "figure")
    assert found.one("figcaption").text == "In the treatment room"


def test_the_files_are_there_and_are_what_they_say(site: Site, client: Client) -> None:
    add_picture(site, 2000, 1000)
    addresses = [address for address in shown(client, site).resources if address.startswith("/media/")]
    assert len(addresses) == 5
    for address in addresses:
        path = Path(settings.MEDIA_ROOT) / address.removeprefix("/media/")
        with Image.open(path) as file:
            assert file.format.lower() == path.suffix.removeprefix(".")
            assert len(file.getexif()) == 0
            if path.stem.endswith("w"):
                assert file.width == int(path.stem.removesuffix("w"))


def test_a_small_picture_is_offered_as_it_is(site: Site, client: Client) -> None:
    add_picture(site, 300, 200)
    found = shown(client, site)
    assert all(srcset for srcset in sources(found).values())
    assert (found.one("img")["width"], found.one("img")["height"]) == ("300", "200")


def test_before_and_after_is_shown_where_the_clinic_may(site: Site, client: Client) -> None:
    add_picture(site, 800, 600, kind="before_after")
    assert shown(client, site).all("img") == []
    Clinic.objects.update(shows_before_after=True)
    assert len(shown(client, site).all("img")) == 1


def test_an_edition_keeps_its_picture_when_the_draft_loses_it(site: Site, client: Client, today: datetime) -> None:
    picture = add_picture(site, 800, 600)
    address = picture.image.url
    picture.delete()
    assert shown(client, site).one("img")["src"] == address
    assert (Path(settings.MEDIA_ROOT) / address.removeprefix("/media/")).exists()


def test_a_picture_needs_a_description(site: Site) -> None:
    form = modelform_factory(Picture, fields=["image", "kind"])({"kind": "photo"}, {}, instance=Picture())
    assert set(form.errors) == {"image"}


def test_a_portrait_stands_beside_its_practitioner(site: Site, client: Client) -> None:
    person = site.practitioner
    assert page(client, "/en/practitioners/").one("span", class_="portrait portrait--initials").text == person.initials
    form = modelform_factory(type(person), fields=["photo"])({}, {"photo": upload(jpeg(1200, 1200))}, instance=person)
    form.save()
    found = page(client, "/en/practitioners/")
    assert found.one("img")["alt"] == "", "the name stands beside it"
    assert (found.one("img")["width"], found.one("img")["height"]) == ("1200", "1200")
    assert set(sources(found)) == {"image/avif", "image/webp"}
