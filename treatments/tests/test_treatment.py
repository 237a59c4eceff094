"""A treatment belongs to at most one overview, one level deep; its children keep it where it is."""

import pytest
from django.db.models import ProtectedError
from django.utils.translation import override

from clinic.tests.refusals import form_errors
from treatments.models import Evidence, Reference, Treatment
from treatments.tests.factories import BodyAreaFactory, ConcernFactory, IndicationFactory, TreatmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["en", "fa"])
def admin_language(request: pytest.FixtureRequest) -> object:
    with override(request.param):
        yield request.param


def test_a_treatment_may_belong_to_an_overview(admin_language: str) -> None:
    child = TreatmentFactory.build(parent=TreatmentFactory(is_overview=True))
    assert form_errors(child) == {}
    child.save()
    assert form_errors(child) == form_errors(child.parent) == {}


def test_it_belongs_to_nothing_but_an_overview(admin_language: str) -> None:
    assert set(form_errors(TreatmentFactory.build(parent=TreatmentFactory()))) == {"parent"}


def test_it_does_not_belong_to_itself(admin_language: str) -> None:
    plain, overview = TreatmentFactory(), TreatmentFactory(is_overview=True)
    plain.parent, overview.parent = plain, overview
    assert set(form_errors(plain)) == set(form_errors(overview)) == {"parent"}


def test_an_overview_belongs_to_nothing(admin_language: str) -> None:
    first, second = TreatmentFactory.create_batch(2, is_overview=True)
    second.parent = first
    assert set(form_errors(second)) == {"is_overview"}


def test_an_overview_stays_one_while_it_has_treatments_below(admin_language: str) -> None:
    overview = TreatmentFactory(is_overview=True)
    child = TreatmentFactory(parent=overview)
    overview.is_overview = False
    assert set(form_errors(overview)) == {"is_overview"}
    child.delete()
    assert form_errors(overview) == {}


def test_an_overview_with_treatments_below_and_a_concern_in_use_are_kept() -> None:
    overview = TreatmentFactory(is_overview=True)
    TreatmentFactory(parent=overview)
    with pytest.raises(ProtectedError):
        overview.delete()
    with pytest.raises(ProtectedError):
        IndicationFactory().concern.delete()


def test_a_slug_is_used_once(admin_language: str) -> None:
    TreatmentFactory(slug="one")
    BodyAreaFactory(slug="face")
    ConcernFactory(slug="lines")
    assert set(form_errors(TreatmentFactory.build(slug="one"))) == {"slug"}
    assert set(form_errors(BodyAreaFactory.build(slug="face"))) == {"slug"}
    assert set(form_errors(ConcernFactory.build(slug="lines"))) == {"slug"}


@pytest.mark.parametrize(("low", "high"), [(None, None), (0, 0), ("1.5", "4"), ("4.0", 4)])
def test_depths_are_a_range_or_nothing(low: object, high: object) -> None:
    assert form_errors(TreatmentFactory.build(depth_from_mm=low, depth_to_mm=high)) == {}


def test_only_clinics_that_list_them_see_prescription_only_treatments() -> None:
    plain, hidden = TreatmentFactory(), TreatmentFactory(prescription_only=True)
    assert list(Treatment.objects.listed(prescription_only=False)) == [plain]
    assert list(Treatment.objects.listed(prescription_only=True)) == [plain, hidden]


@pytest.mark.parametrize(
    ("kind", "identifier", "url"),
    [
        ("doi", "10.1/x", "https://doi.org/10.1/x"),
        ("pubmed", "123", "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ("pmc", "PMC9", "https://pmc.ncbi.nlm.nih.gov/articles/PMC9/"),
        ("other", "Abstract 7", ""),
        ("", "", ""),
    ],
)
def test_a_reference_knows_where_it_can_be_read(kind: str, identifier: str, url: str) -> None:
    assert Reference(kind=kind, identifier=identifier).url == url


def test_a_reference_is_called_by_what_is_known_of_it() -> None:
    assert str(Reference(authors="Amin SP", title="Mesotherapy", year=2006)) == "Amin SP, Mesotherapy, 2006"
    assert str(Evidence(benefit_en="Fewer lines")) == "Fewer lines"
