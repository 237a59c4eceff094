"""Why a page may not be signed: each missing thing is named."""

from collections.abc import Callable

import pytest

from clinic.models import Location
from treatments.models import Concern, Treatment
from treatments.page import build
from treatments.rules import MAIN_TEXT, problems
from treatments.tests import factories
from treatments.tests.factories import BodyAreaFactory, ConcernFactory, ReferenceFactory
from treatments.tests.pages import ready_treatment, translate

pytestmark = pytest.mark.django_db


def found(treatment: Treatment, language: str = "en") -> list[str]:
    draft = Treatment.objects.with_page().get(pk=treatment.pk)
    return problems(build(draft, language), build(draft, "en"))


@pytest.fixture
def treatment() -> Treatment:
    """A treatment of which every kind of row is there, ready to be signed."""
    treatment = ready_treatment(how_it_works_en="It is thought to help.", results_en="Slow.", downtime_en="A day.")
    treatment.areas.add(BodyAreaFactory())
    factories.PriceFactory(treatment=treatment, note_en="With the consultation")
    for name in ("SessionPhase", "Substance", "Comparison", "Question", "Picture"):
        getattr(factories, f"{name}Factory")(treatment=treatment)
    return treatment


def test_a_whole_page_lacks_nothing(treatment: Treatment) -> None:
    assert found(treatment) == []


@pytest.mark.parametrize("field", ["name", "tagline", "summary", "what_it_is"])
def test_a_page_needs_its_texts(treatment: Treatment, field: str) -> None:
    Treatment.objects.filter(pk=treatment.pk).update(**{f"{field}_en": ""})
    assert found(treatment) == [f"“{field}” is empty."]


@pytest.mark.parametrize("section", ["contraindications", "complications", "preparation", "steps", "aftercare"])
def test_a_page_needs_rows(treatment: Treatment, section: str) -> None:
    getattr(treatment, f"{section.removesuffix('s')}_set").all().delete()
    assert f"There is no row under “{section}”." in found(treatment)


@pytest.mark.parametrize(("section", "field"), MAIN_TEXT.items())
def test_a_row_needs_its_text(treatment: Treatment, section: str, field: str) -> None:
    relation = {"sessions": "sessionphase", "questions": "question"}.get(section, section.removesuffix("s"))
    row = getattr(treatment, f"{relation}_set").first()
    type(row).objects.filter(pk=row.pk).update(**{f"{field}_en": ""})
    assert found(treatment) == [f"A row of “{section}” has no text ({row.key})."]


SEEK_HELP = "Say when to call the clinic, and when to call the emergency number (what can go wrong)."


@pytest.mark.parametrize("sign", ["clinic", "emergency"])
def test_the_seek_help_card_has_a_sign_for_both_that_is_never_hidden(treatment: Treatment, sign: str) -> None:
    row = treatment.complication_set.get(seek_help=sign)
    row.prescription_only = True
    row.save()
    assert found(treatment) == [SEEK_HELP]
    row.delete()
    assert found(treatment) == [SEEK_HELP]


def test_a_treatment_says_what_it_is_for_but_an_overview_need_not(treatment: Treatment) -> None:
    treatment.indication_set.all().delete()
    assert found(treatment) == ["Say what it is for."]
    Treatment.objects.filter(pk=treatment.pk).update(is_overview=True)
    assert found(treatment) == []


@pytest.mark.parametrize("grade", ["good", "some", "weak"])
def test_a_grade_needs_a_reference(treatment: Treatment, grade: str) -> None:
    row = treatment.evidence_set.get()
    row.grade = grade
    row.save()
    assert found(treatment) == ["The grade of “Fewer lines” needs a reference."]
    row.references.add(ReferenceFactory())
    assert found(treatment) == []


@pytest.mark.parametrize("claim", [{"frequency": "rare"}, {"figure_en": "3 of 10 people"}])
def test_a_frequency_or_a_figure_needs_a_reference(treatment: Treatment, claim: dict[str, str]) -> None:
    row = factories.ComplicationFactory(treatment=treatment, name_en="Swelling", **claim)
    assert found(treatment) == ["How common “Swelling” is needs a reference."]
    row.references.add(ReferenceFactory())
    assert found(treatment) == []


def test_every_concern_needs_a_grade(treatment: Treatment) -> None:
    factories.IndicationFactory(treatment=treatment, concern=ConcernFactory(slug="dull-skin"))
    assert found(treatment) == ["The benefit for “Dull skin” has no evidence grade."]
    treatment.evidence_set.get().concerns.add(ConcernFactory(slug="dull-skin"))
    assert found(treatment) == []


def forget(treatment: Treatment, field: str) -> None:
    Treatment.objects.filter(pk=treatment.pk).update(**{field: ""})


@pytest.mark.parametrize(
    ("take_away", "problem"),
    [
        (lambda one: forget(one, "name_fa"), "“name” is empty."),
        (lambda one: forget(one, "how_it_works_fa"), "“how_it_works” is not translated."),
        (lambda one: forget(one, "results_fa"), "“results” is not translated."),
        (lambda one: forget(one, "downtime_fa"), "“downtime” is not translated."),
        (lambda one: one.price_set.update(note_fa=""), "“note” is not translated (prices, the-row)."),
        (lambda one: one.contraindication_set.update(question_fa=""), "“question” is not translated (contra"),
        (lambda one: one.areas.update(name_fa=""), "“face” has no name in this language."),
        (lambda one: Concern.objects.update(name_fa=""), "“fine-lines” has no name in this language."),
        (lambda one: Location.objects.update(name_fa=""), "“berlin” has no name in this language."),
    ],
)
def test_a_translation_is_whole(treatment: Treatment, take_away: Callable[[Treatment], None], problem: str) -> None:
    treatment.price_set.update(key="the-row")
    assert found(treatment, "fa")
    translate(treatment)
    assert found(treatment, "fa") == []
    take_away(treatment)
    (said,) = found(treatment, "fa")
    assert said.startswith(problem)


def test_everything_missing_is_said_at_once() -> None:
    said = found(factories.TreatmentFactory(tagline_en=""))
    assert said[0] == "“tagline” is empty."
    assert len(said) == len(set(said)) == 8
