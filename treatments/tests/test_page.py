"""The page as plain values: what a treatment inherits, and what an edition stores of it."""

import json
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from treatments.models import Treatment
from treatments.page import SECTIONS, Page, build
from treatments.tests import factories
from treatments.tests.factories import BodyAreaFactory, ReferenceFactory, StepFactory, TreatmentFactory
from treatments.tests.pages import ready_treatment

pytestmark = pytest.mark.django_db


def built(treatment: Treatment, language: str = "en") -> Page:
    return build(Treatment.objects.with_page().get(pk=treatment.pk), language)


@pytest.fixture
def overview() -> Treatment:
    return TreatmentFactory(slug="overview", is_overview=True)


@pytest.fixture
def child(overview: Treatment) -> Treatment:
    return TreatmentFactory(slug="child", parent=overview)


def full_treatment(parent: Treatment | None = None) -> Treatment:
    """A treatment with every kind of row, each with a reference and an area."""
    treatment = ready_treatment(parent=parent, visit_minutes=45, depth_from_mm="1.5", depth_to_mm="4")
    treatment.areas.add(BodyAreaFactory())
    treatment.references.add(ReferenceFactory())
    for name in ("SessionPhase", "Price", "Substance", "Comparison", "Question", "Picture"):
        getattr(factories, f"{name}Factory")(treatment=treatment)
    for relation in SECTIONS.values():
        for row in getattr(treatment, relation).all():
            row.references.add(ReferenceFactory())
            row.areas.add(BodyAreaFactory())
    return treatment


def titles(treatment: Treatment) -> list[str]:
    return [row["title"] for row in built(treatment)["steps"]]


def test_inherited_rows_stand_in_order_and_before_own_ones(overview: Treatment, child: Treatment) -> None:
    for treatment, title, order in (
        (child, "own early", 5),
        (child, "own", 10),
        (overview, "inherited late", 20),
        (overview, "inherited", 10),
        (overview, "inherited second", 10),
    ):
        StepFactory(treatment=treatment, title_en=title, order=order)
    assert titles(child) == ["own early", "inherited", "inherited second", "own", "inherited late"]
    assert titles(overview) == ["inherited", "inherited second", "inherited late"]


@pytest.mark.parametrize(
    ("limited_to", "treats", "inherited"),
    [
        ([], [], True),
        ([], ["face"], True),
        (["face"], ["face"], True),
        (["face", "neck"], ["neck", "scalp"], True),
        (["face"], ["neck"], False),
        (["face"], [], False),
    ],
)
def test_a_row_for_some_areas_is_inherited_where_one_of_them_is_treated(
    overview: Treatment, child: Treatment, limited_to: list[str], treats: list[str], inherited: bool
) -> None:
    StepFactory(treatment=overview, title_en="step").areas.set([BodyAreaFactory(slug=slug) for slug in limited_to])
    child.areas.set([BodyAreaFactory(slug=slug) for slug in treats])
    assert titles(child) == (["step"] if inherited else [])
    assert titles(overview) == ["step"]


@pytest.mark.parametrize("relation", Treatment.INHERITED + Treatment.OWN)
def test_what_is_for_all_is_inherited_and_what_is_of_one_is_not(
    overview: Treatment, child: Treatment, relation: str
) -> None:
    model = getattr(Treatment, relation).rel.related_model
    getattr(factories, f"{model.__name__}Factory")(treatment=overview)
    section = next(name for name, accessor in SECTIONS.items() if accessor == relation)
    assert len(built(child)[section]) == (relation in Treatment.INHERITED)


def test_an_empty_text_is_inherited_with_its_sources(overview: Treatment, child: Treatment) -> None:
    theirs, own = ReferenceFactory(key="theirs"), ReferenceFactory(key="own")
    overview.references.add(theirs)
    child.references.add(own)
    assert (built(child)["what_it_is"], built(child)["sources"]) == ("Small injections.", ["own"])
    Treatment.objects.filter(pk=child.pk).update(what_it_is_en="")
    Treatment.objects.filter(pk=overview.pk).update(what_it_is_en="Theirs.", results_en="Slow.", visit_minutes=30)
    page = built(child)
    assert (page["what_it_is"], page["results"], page["visit_minutes"]) == ("Theirs.", "Slow.", 30)
    assert page["sources"] == ["theirs"]
    assert [reference["key"] for reference in page["references"]] == ["theirs"]


def test_a_text_that_is_not_translated_is_not_replaced_by_the_overviews(overview: Treatment, child: Treatment) -> None:
    Treatment.objects.filter(pk=overview.pk).update(what_it_is_fa="fa: overview", results_fa="fa: results")
    page = built(child, "fa")
    assert page["what_it_is"] == ""
    assert page["results"] == "fa: results"


def test_depths_are_inherited_both_or_none(overview: Treatment, child: Treatment) -> None:
    assert built(child)["depth_mm"] is None
    Treatment.objects.filter(pk=overview.pk).update(depth_from_mm=1, depth_to_mm=Decimal("3.5"))
    assert built(child)["depth_mm"] == {"from": "1", "to": "3.5"}


def test_building_makes_no_query(overview: Treatment, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    full_treatment(parent=overview)
    full_treatment()
    treatments = list(Treatment.objects.with_page())
    with django_assert_num_queries(0):
        for treatment in treatments:
            build(treatment, "en")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_page_comes_back_from_json_as_it_was(overview: Treatment, language: str) -> None:
    page = built(full_treatment(parent=overview), language)
    assert all(page[section] for section in SECTIONS)
    assert json.loads(json.dumps(page)) == page
