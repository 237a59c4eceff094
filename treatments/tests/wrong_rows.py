"""Rows of content that no database and no form must take, by the constraint they break."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models

from clinic.tests.factories import LocationFactory, PractitionerFactory
from treatments.models import Edition
from treatments.tests import factories

Wrong = Callable[[], models.Model]


def row(kind: str, /, **values: Any) -> Wrong:
    """An unsaved row of a saved treatment."""
    return lambda: getattr(factories, f"{kind}Factory").build(treatment=factories.TreatmentFactory(), **values)


def contraindication(**values: Any) -> Wrong:
    return row("Contraindication", **values)


def treatment(**values: Any) -> Wrong:
    return lambda: factories.TreatmentFactory.build(**values)


def reference(**values: Any) -> Wrong:
    return lambda: factories.ReferenceFactory.build(**values)


def below_another(**values: Any) -> Wrong:
    return lambda: factories.TreatmentFactory.build(parent=factories.TreatmentFactory(is_overview=True), **values)


def its_own_parent() -> models.Model:
    return factories.TreatmentFactory.build(pk=77, parent_id=77)


def price(**values: Any) -> Wrong:
    return lambda: row("Price", location=LocationFactory(), **values)()


def edition(number: int) -> Wrong:
    return lambda: Edition(
        treatment=factories.TreatmentFactory(slug="one-treatment"),
        reviewer=PractitionerFactory(),
        language="en",
        number=number,
        content={},
        signed_at=datetime(2026, 12, 7, tzinfo=UTC),
        publish_from=datetime(2026, 12, 7, tzinfo=UTC),
        review_due=date(2027, 12, 7),
    )


def again(first: Wrong, **changed: Any) -> Wrong:
    """A second row like one that is stored, but for what is `changed`."""

    def second() -> models.Model:
        stored = first()
        stored.save()
        for name, value in changed.items():
            setattr(stored, name, value)
        stored.pk = None
        return stored

    return second


def indication() -> models.Model:
    return row("Indication", concern=factories.ConcernFactory())()


# The wrong row, and where a form says it (None: no form offers such a value).
CASES: dict[str, list[tuple[Wrong, str | None]]] = {
    "treatment_overview_has_no_parent": [(below_another(is_overview=True), "is_overview")],
    "treatment_is_not_its_own_parent": [(its_own_parent, None)],
    "treatment_depth_from_to": [
        (treatment(depth_from_mm=2, depth_to_mm=1), "depth_to_mm"),
        (treatment(depth_from_mm=-1, depth_to_mm=1), "depth_to_mm"),
        (treatment(depth_from_mm=2), "depth_to_mm"),
        (treatment(depth_to_mm=2), "depth_to_mm"),
    ],
    "indication_once_a_concern": [(again(indication, key="other"), NON_FIELD_ERRORS)],
    "picture_kind_is_known": [(row("Picture", kind="film"), "kind")],
    "contraindication_outcome_is_known": [
        (contraindication(outcome="maybe"), "outcome"),
        (contraindication(follow_up_en="Still?", outcome_if_no="maybe"), "outcome_if_no"),
    ],
    "contraindication_wait_has_a_length": [
        (contraindication(outcome="wait"), NON_FIELD_ERRORS),
        (contraindication(outcome="wait", wait=3), NON_FIELD_ERRORS),
        (contraindication(outcome="wait", wait_unit="day"), NON_FIELD_ERRORS),
        (contraindication(outcome="wait", wait=0, wait_unit="day"), NON_FIELD_ERRORS),
        (contraindication(outcome="review", wait=3, wait_unit="day"), NON_FIELD_ERRORS),
    ],
    "contraindication_question_or_age": [
        (contraindication(question_en=""), "question_en"),
        (contraindication(question_en=None), "question_en"),
        (contraindication(minimum_age=18, outcome="not_suitable"), "minimum_age"),
        (contraindication(minimum_age=18, question_en="", outcome="review"), "minimum_age"),
    ],
    "contraindication_follow_up_has_an_outcome": [
        (contraindication(follow_up_en="Still?"), "outcome_if_no"),
        (contraindication(outcome_if_no="fine"), "outcome_if_no"),
    ],
    "complication_frequency_and_onset_are_known": [
        (row("Complication", frequency="often"), "frequency"),
        (row("Complication", onset="soon"), "onset"),
    ],
    "complication_seek_help_has_a_sign": [
        (row("Complication", seek_help="clinic"), "seek_help"),
        (row("Complication", warning_sign_en="Pus"), "seek_help"),
        (row("Complication", warning_sign_en="Pus", seek_help="aunt"), "seek_help"),
    ],
    "aftercare_hours_or_words": [
        (row("Aftercare", hours=4, until_en="Tomorrow"), "hours"),
        (row("Aftercare", hours=0), "hours"),
    ],
    "session_phase_sessions_from_to": [
        (row("SessionPhase", sessions_from=6, sessions_to=4), NON_FIELD_ERRORS),
        (row("SessionPhase", sessions_from=0), NON_FIELD_ERRORS),
        (row("SessionPhase", sessions_from=None, sessions_to=0), NON_FIELD_ERRORS),
    ],
    "session_phase_gap_from_to": [
        (row("SessionPhase", gap_from=10, gap_to=7), NON_FIELD_ERRORS),
        (row("SessionPhase", gap_from=None, gap_to=0), NON_FIELD_ERRORS),
    ],
    "reference_identifier_has_a_kind": [
        (reference(identifier="10.1/x"), NON_FIELD_ERRORS),
        (reference(kind="doi"), NON_FIELD_ERRORS),
        (reference(kind="isbn", identifier="x"), "kind"),
    ],
    "reference_can_be_found": [(reference(journal=""), NON_FIELD_ERRORS)],
    "evidence_grade_is_known": [(row("Evidence", grade="superb"), "grade")],
    "price_once_a_location": [(again(price(), key="other"), NON_FIELD_ERRORS)],
    "price_from_to": [
        (price(amount_from=5, amount_to=4), NON_FIELD_ERRORS),
        (price(amount_from=-1), NON_FIELD_ERRORS),
        (price(amount_from=None), NON_FIELD_ERRORS),
        (price(amount_to=None), NON_FIELD_ERRORS),
    ],
    "price_currency_three_letters": [
        (price(currency="eur"), "currency"),
        (price(currency="€"), "currency"),
        (price(currency=""), "currency"),
    ],
    "edition_number_once": [(again(edition(1)), None)],
    "edition_number_from_1": [(edition(0), None)],
}
