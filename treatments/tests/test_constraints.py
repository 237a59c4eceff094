"""The database refuses a wrong row of content, and a form says so before."""

import pytest
from django.apps import apps
from django.utils.translation import override

from clinic.tests.refusals import constraints, form_errors, refused_by_database, says_plainly
from treatments.tests.wrong_rows import CASES, Wrong

pytestmark = pytest.mark.django_db

CONSTRAINTS = constraints(apps.get_app_config("treatments").get_models())
ROW_KEYS = {name for name in CONSTRAINTS if name.endswith("_key_once_a_treatment")}
ROWS = [pytest.param(name, *case, id=name) for name, cases in CASES.items() for case in cases]


def test_every_constraint_has_a_case() -> None:
    assert set(CASES) | ROW_KEYS == set(CONSTRAINTS)
    assert len(ROW_KEYS) == 13


@pytest.mark.parametrize(("name", "wrong", "_field"), ROWS)
def test_the_database_refuses(name: str, wrong: Wrong, _field: str | None) -> None:
    refused_by_database(wrong(), CONSTRAINTS[name])


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(("_name", "wrong", "field"), [case for case in ROWS if case.values[2]])
def test_a_form_says_it_at_the_field(_name: str, wrong: Wrong, field: str, language: str) -> None:
    with override(language):
        found = form_errors(wrong())
    assert set(found) == {field}
    assert says_plainly(found[field])
