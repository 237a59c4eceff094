"""How many queries a page costs: the same for a few rows and for many, for one treatment and for eight."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.models import Clinic
from clinic.tests.factories import LocationFactory, OpeningHoursFactory, PractitionerFactory
from treatments.models import Treatment
from treatments.page import build
from treatments.tests import factories
from treatments.tests.conftest import Site
from treatments.tests.factories import BodyAreaFactory, ConcernFactory, ReferenceFactory
from treatments.tests.pages import ready_treatment, sign_draft

pytestmark = pytest.mark.django_db

# The clinic, its locations with their hours, the editions in force, and what else the page lists.
COSTS = {
    "/en/": 7,
    "/en/treatments/": 4,
    "/en/treatments/facial-rejuvenation/": 5,
    "/en/treatments/facial-rejuvenation/aftercare/": 5,
    "/en/areas/face/": 5,
    "/en/concerns/fine-lines/": 5,
    "/en/practitioners/": 4,
    "/en/locations/": 3,
}
ROWS = ["Contraindication", "Complication", "Preparation", "Step", "Aftercare", "Substance", "Comparison", "Question"]


def add_rows(treatment: Treatment, count: int) -> None:
    """`count` more rows of every kind that may be repeated freely, each with a reference and an area."""
    for name in [*ROWS, "SessionPhase", "Evidence", "Picture"]:
        for row in getattr(factories, f"{name}Factory").create_batch(count, treatment=treatment):
            row.references.add(ReferenceFactory())
            row.areas.add(BodyAreaFactory())
    for number in range(count):
        concern = ConcernFactory(slug=f"concern-{number}")
        factories.IndicationFactory(treatment=treatment, concern=concern)
        treatment.evidence_set.first().concerns.add(concern)
        factories.PriceFactory(treatment=treatment, location=LocationFactory(slug=f"place-{number}"))


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_a_page_costs_the_same_whatever_is_on_it(site: Site, client: Client, today: datetime) -> None:
    assert {path: queries(client, path) for path in COSTS} == COSTS
    add_rows(site.treatment, 5)
    for number in range(7):
        other = ready_treatment(slug=f"other-{number}")
        other.areas.add(site.area)
        sign_draft(other, now=today)
    PractitionerFactory.create_batch(5)
    OpeningHoursFactory(location=LocationFactory(slug="dubai"))
    sign_draft(site.treatment, now=today)
    assert {path: queries(client, path) for path in COSTS} == COSTS


def test_a_second_language_costs_one_query_more(site: Site, client: Client) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    assert queries(client, "/fa/treatments/") == COSTS["/en/treatments/"] + 1


@pytest.fixture(params=[1, 8])
def family(request: pytest.FixtureRequest, db: None) -> int:
    """An overview and a treatment below it, with a few rows or with many of every kind."""
    overview = factories.TreatmentFactory(slug="overview", is_overview=True)
    for treatment in (overview, factories.TreatmentFactory(slug="child", parent=overview)):
        add_rows(treatment, request.param)
    return request.param


def test_a_draft_is_read_in_a_fixed_number_of_queries(family: int) -> None:
    """71: 13 kinds of rows with their areas and references, 8 of them again for the overview, and what they name."""
    with CaptureQueriesContext(connection) as captured:
        treatments = list(Treatment.objects.with_page())
        pages = [build(treatment, "en") for treatment in treatments]
    assert len(captured) == 71
    assert min(len(page["steps"]) for page in pages) == family
