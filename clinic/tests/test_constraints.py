"""The database refuses a wrong row, and a form says so before, at the field."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, models, transaction
from django.utils.translation import override

from clinic.models import Clinic
from clinic.models.booking_rules import RANGES
from clinic.tests.factories import ClinicFactory, LocationFactory, OpeningHoursFactory, PractitionerFactory
from clinic.tests.refusals import constraints, form_errors, refused_by_database, says_plainly

pytestmark = pytest.mark.django_db

CONSTRAINTS = constraints(apps.get_app_config("clinic").get_models())


def clinic(field: str, value: Any) -> tuple[Callable[[], models.Model], str]:
    return (lambda: ClinicFactory.build(pk=1, **{field: value}), field)


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
    "clinic_hold_minutes_2_to_60": [clinic("hold_minutes", 1), clinic("hold_minutes", 61)],
    "clinic_open_requests_per_contact_1_to_20": [
        clinic("open_requests_per_contact", 0),
        clinic("open_requests_per_contact", 21),
    ],
    # Below 0 the column itself refuses.
    "clinic_cooling_off_days_0_to_60": [clinic("cooling_off_days", 61)],
    "clinic_late_hours_0_to_168": [clinic("late_hours", 169)],
    "clinic_offer_minutes_10_to_1440": [clinic("offer_minutes", 9), clinic("offer_minutes", 1441)],
    "clinic_requests_per_hour_1_to_1000": [clinic("requests_per_hour", 0), clinic("requests_per_hour", 1001)],
    "clinic_check_in_hours_1_to_336": [clinic("check_in_hours", 0), clinic("check_in_hours", 337)],
    "clinic_next_session_days_0_to_60": [clinic("next_session_days", 61)],
    "clinic_late_changes_are_known": [clinic("late_changes", "never"), clinic("late_changes", "")],
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
    "practitioner_gender_is_known": [(lambda: PractitionerFactory.build(gender="doctor"), "gender")],
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
        lambda: ClinicFactory.build(**{name: least for name, (least, _most) in RANGES.items()}, late_changes="allowed"),
        lambda: ClinicFactory.build(**{name: most for name, (_least, most) in RANGES.items()}, late_changes="by_phone"),
        lambda: location(latitude="-90", longitude="180"),
        lambda: hours(weekday=6, opens="00:00", closes="23:59"),
        lambda: PractitionerFactory.build(),
        lambda: PractitionerFactory.build(gender="male", speaks=["fa", "de", "zh"]),
        *(lambda days=days: location(weekend=days) for days in ([], [4], [4, 5], [0, 1, 2, 3, 4, 5])),
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


@pytest.mark.parametrize(
    "days", [[7], [-1], [5, 5], ["5"], [5.0], [True], [None], [[5]], 5, "56", {"5": 6}, list(range(7))]
)
def test_a_weekend_is_a_list_of_weekdays_and_leaves_one_to_work(days: object) -> None:
    assert set(form_errors(location(weekend=days))) == {"weekend"}


@pytest.mark.parametrize(
    "codes", [["German"], ["xx"], ["DE"], ["de", "de"], ["haw"], [["de"]], [None], "de", {"de": 1}, 5]
)
def test_languages_spoken_are_a_list_of_known_codes(codes: object) -> None:
    assert set(form_errors(PractitionerFactory.build(speaks=codes))) == {"speaks"}


def test_every_wrong_number_is_named_at_once() -> None:
    assert set(form_errors(ClinicFactory.build(hold_minutes=1, offer_minutes=1, languages=["en"]))) == {
        "hold_minutes",
        "offer_minutes",
    }


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


@pytest.mark.parametrize("reminders", ["7", "d7", "0d", "7d,2d", "7d 2w", "1000h"])
def test_reminders_are_days_or_hours(reminders: str) -> None:
    assert set(form_errors(ClinicFactory.build(reminders=reminders))) == {"reminders"}


@pytest.mark.parametrize("reminders", ["", "7d", "7d 2d 3h", " 3h "])
def test_there_may_be_any_number_of_reminders(reminders: str) -> None:
    assert form_errors(ClinicFactory.build(reminders=reminders)) == {}


@pytest.mark.parametrize(("quiet_from", "quiet_until", "is_wrong"), [(21, 8, False), (8, 6, True), (0, 0, False)])
def test_the_quiet_hours_leave_some_of_the_day(quiet_from: int, quiet_until: int, is_wrong: bool) -> None:
    clinic = ClinicFactory.build(quiet_from=time(quiet_from), quiet_until=time(quiet_until))
    assert set(form_errors(clinic)) == ({"quiet_until"} if is_wrong else set())
