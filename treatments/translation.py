"""Which fields of the content have a column for each language."""

from modeltranslation.translator import TranslationOptions, register

from treatments import models


@register(models.Treatment)
class TreatmentTranslation(TranslationOptions):
    fields = (
        "name",
        "tagline",
        "summary",
        "what_it_is",
        "how_it_works",
        "results",
        "downtime",
        "downtime_short",
    )


@register(models.BodyArea)
class BodyAreaTranslation(TranslationOptions):
    fields = ("name", "summary")


@register(models.Concern)
class ConcernTranslation(TranslationOptions):
    fields = ("name", "medical_name", "summary")


@register(models.Indication)
class IndicationTranslation(TranslationOptions):
    fields = ("text",)


@register(models.Question)
class QuestionTranslation(TranslationOptions):
    fields = ("question", "answer")


@register(models.Picture)
class PictureTranslation(TranslationOptions):
    fields = ("alt", "caption")


@register(models.Contraindication)
class ContraindicationTranslation(TranslationOptions):
    fields = ("name", "reason", "question", "follow_up", "advice", "wait_since")


@register(models.Complication)
class ComplicationTranslation(TranslationOptions):
    fields = ("name", "text", "figure", "warning_sign")


@register(models.Preparation)
class PreparationTranslation(TranslationOptions):
    fields = ("text", "reason")


@register(models.Step)
class StepTranslation(TranslationOptions):
    fields = ("title", "text")


@register(models.Aftercare)
class AftercareTranslation(TranslationOptions):
    fields = ("text", "reason", "until")


@register(models.SessionPhase)
class SessionPhaseTranslation(TranslationOptions):
    fields = ("name", "note")


@register(models.Substance)
class SubstanceTranslation(TranslationOptions):
    fields = ("name", "text")


@register(models.Price)
class PriceTranslation(TranslationOptions):
    fields = ("note",)


@register(models.Comparison)
class ComparisonTranslation(TranslationOptions):
    fields = ("alternative", "difference", "recovery", "risks", "cost")


@register(models.Evidence)
class EvidenceTranslation(TranslationOptions):
    fields = ("benefit", "finding")
