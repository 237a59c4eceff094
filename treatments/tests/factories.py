"""Treatments and their rows for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from clinic.tests.factories import LocationFactory
from treatments import models
from treatments.enums import Grade, Onset, Outcome


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
