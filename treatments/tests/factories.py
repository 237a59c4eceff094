"""Treatments and their rows for tests."""

from datetime import date, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from clinic.tests.factories import LocationFactory, PractitionerFactory
from treatments import models
from treatments.actions.editions import sign
from treatments.enums import Grade, Onset, Outcome, SeekHelp
from treatments.page import SECTIONS, translated_fields


class BodyAreaFactory(DjangoModelFactory):
    class Meta:
        model = models.BodyArea
        django_get_or_create = ("slug",)

    slug = "face"
    name_en = factory.LazyAttribute(lambda area: area.slug.title())


class ConcernFactory(DjangoModelFactory):
    class Meta:
        model = models.Concern
        django_get_or_create = ("slug",)

    slug = "fine-lines"
    name_en = factory.LazyAttribute(lambda concern: concern.slug.replace("-", " ").capitalize())


class ReferenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Reference

    key = factory.Sequence(lambda number: f"reference-{number}")
    journal = "A Journal"
    year = 2020


class TreatmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Treatment

    slug = factory.Sequence(lambda number: f"treatment-{number}")
    name_en = factory.LazyAttribute(lambda treatment: treatment.slug.replace("-", " ").capitalize())
    tagline_en = "A treatment in one line"
    summary_en = "What it is and what it cannot do."
    what_it_is_en = "Small injections."


class RowFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    treatment = factory.SubFactory(TreatmentFactory)


class ContraindicationFactory(RowFactory):
    class Meta:
        model = models.Contraindication

    name_en = "People who are pregnant"
    reason_en = "Nobody has tested it."
    question_en = "Are you pregnant?"
    outcome = Outcome.NOT_NOW


class ComplicationFactory(RowFactory):
    class Meta:
        model = models.Complication

    name_en = "Bruising"
    text_en = "Blue or dark marks."
    onset = Onset.EARLY


class PreparationFactory(RowFactory):
    class Meta:
        model = models.Preparation

    text_en = "Bring a list of your medicines"


class StepFactory(RowFactory):
    class Meta:
        model = models.Step

    title_en = "We talk"
    text_en = "The doctor asks about your health."


class AftercareFactory(RowFactory):
    class Meta:
        model = models.Aftercare

    text_en = "Do not wear make-up on the area"
    is_do = False
    hours = 4


class EvidenceFactory(RowFactory):
    class Meta:
        model = models.Evidence

    benefit_en = "Fewer lines"
    grade = Grade.NONE
    finding_en = "We found no controlled study."


class IndicationFactory(RowFactory):
    class Meta:
        model = models.Indication

    concern = factory.SubFactory(ConcernFactory)
    text_en = "For people bothered by fine lines."


class SessionPhaseFactory(RowFactory):
    class Meta:
        model = models.SessionPhase

    name_en = "First course"
    sessions_from = 4
    sessions_to = 6
    gap_from = 7
    gap_to = 10


class PriceFactory(RowFactory):
    class Meta:
        model = models.Price

    location = factory.SubFactory(LocationFactory)
    amount_from = "50.00"
    amount_to = "450.00"
    currency = "EUR"
    as_of = date(2026, 11, 1)


class SubstanceFactory(RowFactory):
    class Meta:
        model = models.Substance

    name_en = "Hyaluronic acid"


class ComparisonFactory(RowFactory):
    class Meta:
        model = models.Comparison

    alternative_en = "Liposuction"
    difference_en = "An operation."


class QuestionFactory(RowFactory):
    class Meta:
        model = models.Question

    question_en = "Does it hurt?"
    answer_en = "It can."


class PictureFactory(RowFactory):
    """A picture whose file is not there; `treatments.tests.test_pictures` stores real ones."""

    class Meta:
        model = models.Picture

    image = "treatments/a.webp"
    width = 1200
    height = 800
    alt_en = "A needle over skin"


def ready_treatment(**values: Any) -> models.Treatment:
    """A treatment with the least that a page needs before it may be signed."""
    treatment = TreatmentFactory(**values)
    ContraindicationFactory(treatment=treatment)
    ComplicationFactory(treatment=treatment, seek_help=SeekHelp.CLINIC, warning_sign_en="A lump or pus")
    ComplicationFactory(treatment=treatment, seek_help=SeekHelp.EMERGENCY, warning_sign_en="Trouble breathing")
    for rows in (PreparationFactory, StepFactory, AftercareFactory, IndicationFactory):
        rows(treatment=treatment)
    EvidenceFactory(treatment=treatment).concerns.set([ConcernFactory()])
    return treatment


def signed_treatment(*, now: datetime, language: str = "en", **values: Any) -> models.Treatment:
    """A treatment whose page patients can read at `now`."""
    treatment = ready_treatment(**values)
    sign_draft(treatment, now=now, language=language)
    return treatment


def sign_draft(treatment: models.Treatment, *, now: datetime, language: str = "en", **values: Any) -> models.Edition:
    """The draft as an edition, in force from `now` unless `publish_from` says otherwise."""
    reviewer = values.pop("reviewer", None) or PractitionerFactory(is_active=False)
    due = (now + timedelta(days=365)).date()
    return sign(
        **{"treatment": treatment, "reviewer": reviewer, "by": None, "review_due": due, **values},
        language=language,
        now=now,
    )


def translate(treatment: models.Treatment, language: str = "fa") -> None:
    """Give every text that the treatment's page shows in English one in `language` too: “fa: Bruising”."""
    things: list[Any] = [treatment, *treatment.areas.all()]
    for relation in SECTIONS.values():
        for row in getattr(treatment, relation).all():
            things += [row, getattr(row, "concern", None), getattr(row, "location", None)]
            things += row.concerns.all() if hasattr(row, "concerns") else []
    for thing in filter(None, things):
        for field in translated_fields(type(thing)):
            if english := getattr(thing, f"{field}_en"):
                setattr(thing, f"{field}_{language}", f"{language}: {english}")
        thing.save()
