"""Signing makes a numbered edition of a draft that lacks nothing, or nothing at all."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db.models.signals import post_save

from clinic.models import Clinic
from clinic.tests.factories import ClinicFactory, PractitionerFactory
from treatments.actions.editions import fingerprint, sign
from treatments.exceptions import NotReady
from treatments.models import Edition, Treatment
from treatments.page import build
from treatments.tests.factories import StepFactory, TreatmentFactory
from treatments.tests.pages import ready_treatment, sign_draft, signed_treatment, translate

pytestmark = pytest.mark.django_db


def test_an_edition_holds_the_page_and_who_signed_it(now: datetime) -> None:
    treatment, reviewer = ready_treatment(), PractitionerFactory()
    user = get_user_model().objects.create_user("ana")
    due = date(2027, 12, 7)
    edition = sign(treatment=treatment, language="en", reviewer=reviewer, by=user, now=now, review_due=due)
    edition.refresh_from_db()
    assert edition.content == build(Treatment.objects.with_page().get(pk=treatment.pk), "en")
    assert (edition.number, edition.language, edition.reviewer, edition.signed_by) == (1, "en", reviewer, user)
    assert (edition.signed_at, edition.publish_from, edition.review_due) == (now, now, due)
    assert edition.is_intact
    assert str(edition) == f"{treatment.name} · English · 1"


def test_each_edition_of_a_language_gets_the_next_number(now: datetime) -> None:
    treatment = ready_treatment()
    translate(treatment)
    other = ready_treatment()
    signed = [
        sign_draft(treatment, now=now),
        sign_draft(treatment, now=now),
        sign_draft(treatment, now=now, language="fa"),
    ]
    signed.append(sign_draft(other, now=now))
    assert [edition.number for edition in signed] == [1, 2, 1, 1]


def test_a_draft_that_lacks_something_is_not_signed(now: datetime) -> None:
    treatment = TreatmentFactory(summary_en="")
    with pytest.raises(NotReady) as caught:
        sign_draft(treatment, now=now)
    assert "“summary” is empty." in caught.value.problems
    assert "There is no row under “steps”." in caught.value.problems
    assert str(caught.value) == " ".join(caught.value.problems)
    assert not Edition.objects.exists()


def test_what_was_signed_is_what_was_read(now: datetime) -> None:
    treatment = ready_treatment()
    seen = fingerprint(Treatment.objects.with_page().get(pk=treatment.pk))
    step = StepFactory(treatment=treatment)
    with pytest.raises(NotReady, match="has changed since you opened this page"):
        sign_draft(treatment, now=now, seen=seen)
    step.delete()
    assert sign_draft(treatment, now=now, seen=seen).number == 1


def test_a_language_is_signed_only_when_it_is_translated(now: datetime) -> None:
    treatment = ready_treatment()
    with pytest.raises(NotReady):
        sign_draft(treatment, now=now, language="fa")
    translate(treatment)
    edition = sign_draft(treatment, now=now, language="fa")
    assert edition.content["name"] == f"fa: {treatment.name_en}"
    assert edition.content["indications"][0]["concern"]["name"] == "fa: Fine lines"


def test_a_translation_is_held_against_the_clinics_default_language(now: datetime) -> None:
    ClinicFactory(default_language="fa", languages=["fa", "en"])
    treatment = ready_treatment()
    translate(treatment)
    step = StepFactory(treatment=treatment, title_en="", text_en="In English", title_fa="fa", text_fa="fa")
    with pytest.raises(NotReady) as caught:
        sign_draft(treatment, now=now, language="en")
    assert caught.value.problems == [f"“title” is not translated (steps, {step.key})."]


def test_the_reviewer_stands_in_the_edition_as_on_that_day(now: datetime) -> None:
    reviewer = PractitionerFactory(name_en="Dr. Ana Lind", name_fa="دکتر آنا لیند", role_en="Doctor")
    treatment = ready_treatment()
    translate(treatment)
    english, persian = (sign_draft(treatment, now=now, language=code, reviewer=reviewer) for code in ("en", "fa"))
    reviewer.name_en = reviewer.role_en = "Changed"
    reviewer.save()
    for edition, name in ((english, "Dr. Ana Lind"), (persian, "دکتر آنا لیند")):
        edition.refresh_from_db()
        assert (edition.reviewer_name, edition.reviewer_role) == (name, "Doctor")


@pytest.mark.parametrize("demo", [True, False])
def test_an_edition_knows_whether_it_was_signed_for_a_demonstration(now: datetime, demo: bool) -> None:
    ClinicFactory(is_demo=demo)
    assert sign_draft(ready_treatment(), now=now).is_demo is demo


@pytest.fixture
def failing_after_the_insert() -> Iterator[None]:
    def fail(**_kwargs: Any) -> None:
        raise RuntimeError("the power went")

    post_save.connect(fail, sender=Edition)
    yield
    post_save.disconnect(fail, sender=Edition)


@pytest.mark.usefixtures("failing_after_the_insert")
def test_a_failure_while_signing_leaves_nothing_behind(now: datetime) -> None:
    treatment = ready_treatment()
    with pytest.raises(RuntimeError, match="the power went"):
        sign_draft(treatment, now=now)
    assert not Edition.objects.exists()


def test_without_a_clinic_its_defaults_hold(now: datetime) -> None:
    assert not Clinic.objects.exists()
    assert not signed_treatment(now=now).editions.get().is_demo
