"""The groups in which a page's rows stand."""

from datetime import datetime

import pytest

from treatments.models import Treatment
from treatments.page import Page, build, shown
from treatments.presentation import complication_groups, context, contraindication_groups
from treatments.tests import factories
from treatments.tests.pages import ready_treatment

pytestmark = pytest.mark.django_db


def page_of(treatment: Treatment) -> Page:
    draft = Treatment.objects.with_page().get(pk=treatment.pk)
    return shown(build(draft, "en"), prescription_only=False, before_after=False)


def test_reasons_against_it_stand_strongest_first_and_empty_groups_are_left_out() -> None:
    treatment = factories.TreatmentFactory()
    for outcome in ("review", "not_suitable", "wait"):
        length = {"wait": 2, "wait_unit": "week"} if outcome == "wait" else {}
        factories.ContraindicationFactory(treatment=treatment, name_en=outcome, outcome=outcome, **length)
    groups = contraindication_groups(page_of(treatment))
    assert [(group.key, group.title) for group in groups] == [
        ("not_suitable", "Not suitable"),
        ("wait", "Wait a while"),
        ("review", "Tell us first"),
    ]
    assert [[row["name"] for row in group.rows] for group in groups] == [["not_suitable"], ["wait"], ["review"]]


def test_what_can_go_wrong_stands_early_before_late() -> None:
    treatment = factories.TreatmentFactory()
    assert complication_groups(page_of(treatment)) == []
    for onset in ("late", "early"):
        factories.ComplicationFactory(treatment=treatment, onset=onset)
    assert [group.key for group in complication_groups(page_of(treatment))] == ["early", "late"]


def test_do_and_do_not_and_whom_to_call_stand_apart(now: datetime) -> None:
    treatment = ready_treatment()
    factories.PreparationFactory(treatment=treatment, text_en="Do not drink", is_do=False)
    factories.AftercareFactory(treatment=treatment, text_en="Drink water", is_do=True)
    found = context(page_of(treatment))
    texts = {
        name: [row.get("text") for row in found[name]]
        for name in ("prepare_do", "prepare_do_not", "after_do", "after_do_not")
    }
    assert texts == {
        "prepare_do": ["Bring a list of your medicines"],
        "prepare_do_not": ["Do not drink"],
        "after_do": ["Drink water"],
        "after_do_not": ["Do not wear make-up on the area"],
    }
    assert [row["warning_sign"] for row in found["call_clinic"]] == ["A lump or pus"]
    assert [row["warning_sign"] for row in found["call_emergency"]] == ["Trouble breathing"]
