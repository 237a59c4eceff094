"""Where a clinic may not advertise prescription medicines, nothing on the site names them."""

from datetime import datetime

import pytest
from django.test import Client

from clinic.models import Clinic
from clinic.tests.markup import page
from treatments.models import Treatment
from treatments.tests import factories
from treatments.tests.conftest import Site
from treatments.tests.factories import BodyAreaFactory, ConcernFactory
from treatments.tests.pages import sign_draft, signed_treatment

pytestmark = pytest.mark.django_db

PATH = "/en/treatments/underarm-sweating/"
LISTS = ["/en/treatments/", "/en/areas/underarm/", "/en/concerns/sweating/", "/sitemap.xml"]


@pytest.fixture
def medicine(site: Site, today: datetime) -> Treatment:
    """A signed treatment that uses a prescription medicine, with an area and a concern of its own."""
    treatment = signed_treatment(now=today, slug="underarm-sweating", prescription_only=True)
    treatment.areas.add(BodyAreaFactory(slug="underarm"))
    sweating = ConcernFactory(slug="sweating")
    factories.IndicationFactory(treatment=treatment, concern=sweating)
    treatment.evidence_set.get().concerns.add(sweating)
    sign_draft(treatment, now=today)
    return treatment


def listed() -> None:
    Clinic.objects.update(lists_prescription_only=True)


def mentions(client: Client, path: str) -> bool:
    content = client.get(path).content.decode()
    return any(name in content for name in ("underarm-sweating", "Underarm sweating"))


@pytest.mark.usefixtures("medicine")
def test_such_a_treatment_is_not_found_unless_the_clinic_lists_it(client: Client) -> None:
    for path in (PATH, f"{PATH}aftercare/"):
        found = page(client, path, status=404)
        assert found.one("h1").text == "We cannot find this page"
        assert "Underarm sweating" not in found.text
    listed()
    assert page(client, PATH).one("h1").text == "Underarm sweating"
    page(client, f"{PATH}aftercare/")


@pytest.mark.usefixtures("medicine")
@pytest.mark.parametrize("path", LISTS)
def test_it_stands_in_no_list_unless_the_clinic_lists_it(client: Client, path: str) -> None:
    assert not mentions(client, path)
    listed()
    assert mentions(client, path)


@pytest.mark.usefixtures("medicine")
def test_its_area_and_concern_are_offered_only_with_it(client: Client) -> None:
    own = {"/en/areas/underarm/", "/en/concerns/sweating/"}
    assert not own & page(client, "/en/").links
    assert "concerns/sweating" not in client.get("/sitemap.xml").content.decode()
    assert "We have no published treatment for this" in page(client, "/en/concerns/sweating/").text
    listed()
    assert own <= page(client, "/en/").links
    assert "concerns/sweating" in client.get("/sitemap.xml").content.decode()


@pytest.fixture
def with_medicines(site: Site, today: datetime) -> Treatment:
    """A treatment anyone may see, some rows of which name a medicine."""
    hidden = {"treatment": site.treatment, "prescription_only": True}
    factories.SubstanceFactory(name_en="Botulinum toxin", **hidden)
    factories.QuestionFactory(question_en="What about minoxidil?", **hidden)
    hair = ConcernFactory(slug="hair-loss")
    factories.IndicationFactory(concern=hair, text_en="With minoxidil", **hidden)
    evidence = factories.EvidenceFactory(benefit_en="Hair with minoxidil", **hidden)
    evidence.concerns.add(hair)
    sign_draft(site.treatment, now=today)
    return site.treatment


@pytest.mark.parametrize("text", ["Botulinum toxin", "What about minoxidil?", "With minoxidil", "Hair with minoxidil"])
def test_rows_that_name_a_medicine_are_hidden(with_medicines: Treatment, client: Client, text: str) -> None:
    path = with_medicines.get_absolute_url()
    assert text not in client.get(path).content.decode()
    listed()
    assert text in client.get(path).content.decode()


@pytest.mark.usefixtures("with_medicines")
def test_a_concern_of_hidden_rows_only_is_not_offered(client: Client) -> None:
    path = "/en/concerns/hair-loss/"
    assert path not in page(client, "/en/").links
    assert path not in client.get("/sitemap.xml").content.decode()
    assert page(client, path).all("li", class_="card card--link") == []
    assert "minoxidil" not in page(client, path).text
    listed()
    assert path in page(client, "/en/").links
    assert "Hair with minoxidil" in page(client, path).text
