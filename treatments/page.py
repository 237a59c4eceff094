"""A treatment's page as plain values: what an edition stores, and what the templates render.

`build` turns a draft into JSON-ready values in one language. The same values come back from an edition, so the
preview and the public page cannot differ. `shown` leaves out what the clinic's switches hide, and numbers references.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from modeltranslation.translator import NotRegistered, translator

from treatments.models import Treatment
from treatments.models.rows import Row

Page = dict[str, Any]

TEXTS = ("what_it_is", "how_it_works", "results", "downtime", "downtime_short")
SECTIONS = {
    "indications": "indication_set",
    "contraindications": "contraindication_set",
    "complications": "complication_set",
    "preparation": "preparation_set",
    "steps": "step_set",
    "aftercare": "aftercare_set",
    "sessions": "sessionphase_set",
    "substances": "substance_set",
    "prices": "price_set",
    "comparisons": "comparison_set",
    "evidence": "evidence_set",
    "questions": "question_set",
    "pictures": "picture_set",
}
NOT_CONTENT = {"id", "treatment", "order"}


def build(treatment: Treatment, language: str) -> Page:
    """The draft page in `language`. Fetch the treatment by `Treatment.objects.with_page()`: no query is made here."""
    parent = treatment.parent
    page: Page = {
        "slug": treatment.slug,
        "name": text(treatment, "name", language),
        "tagline": text(treatment, "tagline", language),
        "summary": text(treatment, "summary", language),
        "is_overview": treatment.is_overview,
        "needs_consultation": treatment.needs_consultation,
        "parent": {"slug": parent.slug, "name": text(parent, "name", language)} if parent else None,
        "areas": [{"slug": area.slug, "name": text(area, "name", language)} for area in treatment.areas.all()],
        "visit_minutes": treatment.visit_minutes or (parent.visit_minutes if parent else None),
        "depth_mm": depth(treatment) or (depth(parent) if parent else None),
    }
    for field in TEXTS:
        page[field] = text(whose(treatment, field), field, language)
    # The sources belong to the text: whoever inherits the one inherits the other.
    cited = list(whose(treatment, "what_it_is").references.all())
    page["sources"] = unique([reference.key for reference in cited])
    for name, relation in SECTIONS.items():
        rows = list(rows_of(treatment, relation))
        page[name] = [row_values(row, language) for row in rows]
        for row in rows:
            cited += list(row.references.all())
    by_key = {reference.key: reference for reference in cited}
    page["references"] = [
        {
            "key": reference.key,
            "authors": reference.authors,
            "title": reference.title,
            "journal": reference.journal,
            "year": reference.year,
            "identifier": reference.identifier,
            "kind": reference.kind,
            "url": reference.url,
        }
        for reference in by_key.values()
    ]
    return page


def whose(treatment: Treatment, field: str) -> Treatment:
    """Where a text comes from: the overview, if the treatment has none of its own in any language."""
    own = any(text(treatment, field, code) for code, _name in settings.LANGUAGES)
    return treatment if own or not treatment.parent else treatment.parent


def rows_of(treatment: Treatment, relation: str) -> Iterator[Row]:
    """A treatment's rows of one kind in page order: those inherited from its parent stand before its own."""
    rows = [(row.order, 1, row) for row in getattr(treatment, relation).all()]
    if treatment.parent and relation in Treatment.INHERITED:
        treated = {area.pk for area in treatment.areas.all()}
        for row in getattr(treatment.parent, relation).all():
            limited_to = {area.pk for area in row.areas.all()}
            if not limited_to or limited_to & treated:
                rows.append((row.order, 0, row))
    yield from (row for _order, _own, row in sorted(rows, key=lambda entry: (entry[0], entry[1], entry[2].pk)))


def row_values(row: Row, language: str) -> dict[str, Any]:
    """One row as plain values: each field by its name, translated ones in `language`."""
    translated = translated_fields(type(row))
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in NOT_CONTENT or field.name.rpartition("_")[0] in translated:
            continue
        if field.name in translated:
            values[field.name] = text(row, field.name, language)
        elif isinstance(field, models.ForeignKey):
            values[field.name] = named(getattr(row, field.name), language)
        else:
            values[field.name] = plain(getattr(row, field.name))
    if hasattr(row, "concerns"):
        values["concerns"] = [named(concern, language) for concern in row.concerns.all()]
    values["references"] = [reference.key for reference in row.references.all()]
    return values


def named(thing: Any, language: str) -> dict[str, str]:
    return {"slug": thing.slug, "name": text(thing, "name", language)}


def translated_fields(model: type[models.Model]) -> set[str]:
    try:
        return set(translator.get_options_for_model(model).get_field_names())
    except NotRegistered:
        return set()


def text(thing: models.Model, field: str, language: str) -> str:
    """A translated text in exactly `language`; empty where it is not translated."""
    return getattr(thing, f"{field}_{language}") or ""


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, models.fields.files.FieldFile):
        return value.name
    return value.isoformat() if hasattr(value, "isoformat") else value


def depth(treatment: Treatment) -> dict[str, str] | None:
    if treatment.depth_from_mm is None or treatment.depth_to_mm is None:
        return None
    return {
        "from": f"{treatment.depth_from_mm.normalize():f}",
        "to": f"{treatment.depth_to_mm.normalize():f}",
    }


def unique(keys: list[str]) -> list[str]:
    return list(dict.fromkeys(keys))


def shown(page: Page, *, prescription_only: bool, before_after: bool) -> Page:
    """The page as visitors see it: hidden rows left out, and references numbered in the order they are cited."""
    visible = dict(page)
    for name in SECTIONS:
        visible[name] = [
            row
            for row in page[name]
            if (prescription_only or not row["prescription_only"])
            and (before_after or row.get("kind") != "before_after")
        ]
    keys = list(page["sources"])
    for name in SECTIONS:
        for row in visible[name]:
            keys += row["references"]
    known = {reference["key"]: reference for reference in page["references"]}
    numbers = {key: number for number, key in enumerate(unique(keys), start=1)}
    visible["references"] = [{**known[key], "number": number} for key, number in numbers.items()]
    visible["sources"] = [numbers[key] for key in page["sources"]]
    for name in SECTIONS:
        visible[name] = [{**row, "references": [numbers[key] for key in row["references"]]} for row in visible[name]]
    return visible
