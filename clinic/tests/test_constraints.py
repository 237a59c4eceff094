"""The database refuses a wrong row, and a form says so before, at the field."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, models, transaction
from django.utils.translation import override

from clinic.models import Clinic
from clinic.tests.factories import ClinicFactory, LocationFactory, OpeningHoursFactory, PractitionerFactory
from clinic.tests.refusals import constraints, form_errors, refused_by_database, says_plainly

pytestmark = pytest.mark.django_db

CONSTRAINTS = constraints(apps.get_app_config("clinic").get_models())


def location(**values: Any) -> models.Model:
    return LocationFactory.build(**values)


def hours(**values: Any) -> models.Model:
    return OpeningHoursFactory.build(location=LocationFactory(), **values)


def the_same_hours_twice() -> models.Model:
    first = OpeningHoursFactory()
    return hours(location_id=first.location_id, weekday=first.weekday, opens=first.opens, closes="12:00")


# The wrong row, and the field at which a form says it (None: no form offers such a value).
CASES: dict[str, list[tuple[Callable[[], models.Model], str | None]]] = {
    "clinic_is_one_row": [(lambda: ClinicFactory.build(pk=2), None)],
    "clinic_hold_minutes_2_to_60": [
        (lambda: ClinicFactory.build(pk=1, hold_minutes=1), "hold_minutes"),
        (lambda: ClinicFactory.build(pk=1, hold_minutes=61), "hold_minutes"),
    ],
    "location_latitude_with_longitude": [
        (lambda: location(latitude="52.5"), "longitude"),
        (lambda: location(longitude="13.4"), "latitude"),
        (lambda: location(latitude="90.1", longitude="13.4"), "latitude"),
        (lambda: location(latitude="52.5", longitude="-180.1"), "longitude"),
    ],
    "location_week_starts_on_a_day": [(lambda: location(week_starts_on=7), "week_starts_on")],
    "opening_hours_close_after_opening": [
        (lambda: hours(opens="09:00", closes="09:00"), "closes"),
        (lambda: hours(opens="09:00", closes="08:00"), "closes"),
    ],
    "opening_hours_on_a_day": [(lambda: hours(weekday=7), "weekday")],
    "opening_hours_once": [(the_same_hours_twice, NON_FIELD_ERRORS)],
}
ROWS = [pytest.param(name, *case, id=name) for name, cases in CASES.items() for case in cases]


def test_every_constraint_has_a_case() -> None:
    assert set(CASES) == set(CONSTRAINTS)


@pytest.mark.parametrize(("name", "row", "_field"), ROWS)
def test_the_database_refuses(name: str, row: Callable[[], models.Model], _field: str | None) -> None:
    refused_by_database(row(), CONSTRAINTS[name])


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(("_name", "row", "field"), [case for case in ROWS if case.values[2]])
def test_a_form_says_it_at_the_field(_name: str, row: Callable[[], models.Model], field: str, language: str) -> None:
    with override(language):
        found = form_errors(row())
    assert set(found) == {field}
    assert says_plainly(found[field])


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    "row",
    [
        lambda: ClinicFactory.build(hold_minutes=2),
        lambda: ClinicFactory.build(hold_minutes=60),
        lambda: location(latitude="-90", longitude="180"),
        lambda: hours(weekday=6, opens="00:00", closes="23:59"),
        lambda: PractitionerFactory.build(),
    ],
)
def test_a_right_row_passes_in_every_language(row: Callable[[], models.Model], language: str) -> None:
    with override(language):
        right = row()
        assert form_errors(right) == {}
        right.save()


@pytest.mark.parametrize("languages", [[], ["de"], ["en", "de"], "en", None, 5, [["en"]], {"en": 1}, ["fa"]])
def test_languages_are_a_list_of_ours_with_the_default_one(languages: object) -> None:
    assert set(form_errors(ClinicFactory.build(languages=languages))) == {"languages"}


def test_there_is_one_clinic() -> None:
    first = ClinicFactory(name_en="First")
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinic.objects.create(name_en="Second")
    Clinic(name_en="Renamed").save()
    assert [clinic.name for clinic in Clinic.objects.all()] == ["Renamed"]
    assert Clinic.objects.current() == first


def test_before_the_first_is_stored_there_is_a_clinic_with_defaults() -> None:
    clinic = Clinic.objects.current()
    assert (clinic.pk, clinic.languages, clinic.default_language) == (None, ["en"], "en")
