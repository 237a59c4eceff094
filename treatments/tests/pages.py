"""Whole treatments for tests: ready to be signed, signed, and translated."""

from datetime import datetime, timedelta
from typing import Any

from clinic.tests.factories import PractitionerFactory
from treatments import models
from treatments.actions.editions import sign
from treatments.enums import SeekHelp
from treatments.page import SECTIONS, translated_fields
from treatments.tests.factories import (
    AftercareFactory,
    ComplicationFactory,
    ConcernFactory,
    ContraindicationFactory,
    EvidenceFactory,
    IndicationFactory,
    PreparationFactory,
    StepFactory,
    TreatmentFactory,
)


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
