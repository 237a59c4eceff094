"""Rows of a treatment's page: their keys, their forms, and the language that the database sees."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.forms import inlineformset_factory, modelform_factory
from django.utils.translation import override

from clinic.tests.factories import LocationFactory
from clinic.tests.refusals import form_errors
from treatments.models import Contraindication, Indication, Price, Treatment
from treatments.models.rows import Row
from treatments.tests import factories
from treatments.tests.factories import ConcernFactory, ContraindicationFactory, TreatmentFactory

pytestmark = pytest.mark.django_db

ROWS = [model for model in apps.get_app_config("treatments").get_models() if issubclass(model, Row)]


def factory_of(model: type[Row]) -> Any:
    return getattr(factories, f"{model.__name__}Factory")


@pytest.mark.parametrize("model", ROWS)
def test_a_key_names_one_row_of_a_treatment(model: type[Row]) -> None:
    first = factory_of(model)(key="the-key")
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.bulk_create([first])
    first.treatment = TreatmentFactory()
    model.objects.bulk_create([first])


@pytest.mark.parametrize("model", ROWS)
def test_a_row_made_in_the_admin_gets_a_key_of_its_own(model: type[Row]) -> None:
    one, other = factory_of(model)(), factory_of(model)()
    assert one.key
    assert one.key != other.key


@pytest.mark.parametrize("language", ["en", "fa", "ar"])
@pytest.mark.parametrize("model", [model for model in ROWS if model.__name__ != "Picture"])
def test_a_right_row_is_stored_whatever_language_staff_read(model: type[Row], language: str) -> None:
    row = factory_of(model)()
    with override(language):
        assert form_errors(row) == {}
        row.save()
    row.refresh_from_db()
    assert form_errors(row) == {}


@pytest.mark.parametrize("persian", ["", None, "آیا باردار هستید؟"])
def test_the_constraints_see_the_default_language(persian: str | None) -> None:
    with override("fa"):
        row = ContraindicationFactory(question_en="Are you pregnant?", question_fa=persian)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT question FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        assert cursor.fetchone() == ("Are you pregnant?",)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_form_stores_a_question_and_says_which_is_missing(language: str) -> None:
    names = ["name_en", "reason_en", "question_en", "question_fa", "outcome", "outcome_if_no", "minimum_age"]
    form_class = modelform_factory(Contraindication, fields=names)
    values = {"name_en": "People who are pregnant", "reason_en": "Nobody has tested it.", "outcome": "not_now"}
    new = Contraindication(treatment=TreatmentFactory())
    with override(language):
        lacking = form_class(values, instance=new)
        assert set(lacking.errors) == {"question_en"}
        whole = form_class({**values, "question_en": "Are you pregnant?"}, instance=new)
        assert whole.is_valid()
        whole.save()
    assert Contraindication.objects.get().question_en == "Are you pregnant?"


def two_rows(prefix: str, **values: Any) -> dict[str, Any]:
    data = {f"{prefix}-{number}-{name}": value for number in (0, 1) for name, value in values.items()}
    return {**data, f"{prefix}-TOTAL_FORMS": 2, f"{prefix}-INITIAL_FORMS": 0}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_form_refuses_two_prices_for_a_location_and_two_indications_for_a_concern(language: str) -> None:
    treatment = TreatmentFactory()
    prices = inlineformset_factory(Treatment, Price, fields=["location", "currency", "as_of"])
    uses = inlineformset_factory(Treatment, Indication, fields=["concern", "text_en"])
    with override(language):
        price = two_rows("price_set", location=LocationFactory().pk, currency="EUR", as_of="2026-11-01")
        use = two_rows("indication_set", concern=ConcernFactory().pk, text_en="For lines")
        for formset in (prices(price, instance=treatment), uses(use, instance=treatment)):
            assert not formset.is_valid()
            assert formset.non_form_errors()
