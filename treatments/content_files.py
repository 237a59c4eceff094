"""The content files: one TOML file a treatment, and one each for areas, concerns and references.

Loading adds what is missing, known by its key, and never touches what is there: staff's wording stays.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import override

from clinic.models import Location
from treatments.models import BodyArea, Concern, Reference, Treatment
from treatments.page import SECTIONS, translated_fields

FOLDER = Path(__file__).parent / "content"
MANY_TO_MANY = {"areas": (BodyArea, "slug"), "references": (Reference, "key"), "concerns": (Concern, "slug")}
SHARED = {"areas": (BodyArea, "area", "slug"), "concerns": (Concern, "concern", "slug")}


class ContentError(Exception):
    """A content file names something that does not exist; the message says which file and what."""


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@transaction.atomic
@override(settings.MODELTRANSLATION_DEFAULT_LANGUAGE)
def load() -> int:
    """Load every content file; returns the number of rows added. Raises ContentError, and then adds nothing."""
    added = 0
    for file, (model, table, key) in {**SHARED, "references": (Reference, "reference", "key")}.items():
        for position, values in enumerate(read(f"{file}.toml")[table], start=1):
            if any(field.name == "order" for field in model._meta.fields):
                values.setdefault("order", position * 10)
            added += add_missing(model, {key: values[key]}, values)[1]
    files = [path for path in sorted(FOLDER.glob("*.toml")) if path.stem not in (*SHARED, "references")]
    pages = [read(path.name) for path in files]
    # An overview comes before the treatments that belong to it.
    for page in sorted(pages, key=lambda page: "parent" in page):
        added += load_treatment(page)
    return added


def load_treatment(page: dict[str, Any]) -> int:
    """Add one treatment and its missing rows; returns how many."""
    sections = {name: page.pop(name, []) for name in SECTIONS}
    if "parent" in page:
        page["parent"] = found(Treatment, "slug", page["parent"], page["slug"])
    treatment, added = add_missing(Treatment, {"slug": page["slug"]}, page)
    for name, relation in SECTIONS.items():
        model = getattr(Treatment, relation).rel.related_model
        for position, row in enumerate(sections[name], start=1):
            where = f"{page['slug']}.toml, {name}, {row['key']}"
            if "concern" in row:
                row["concern"] = found(Concern, "slug", row["concern"], where)
            if "location" in row:
                # A clinic of its own has other locations than the demonstration.
                row["location"] = Location.objects.filter(slug=row["location"]).first()
                if row["location"] is None:
                    continue
            row.setdefault("order", position * 10)
            added += add_missing(model, {"treatment": treatment, "key": row["key"]}, row, where=where)[1]
    return added


def add_missing(
    model: type[models.Model], identity: dict[str, Any], values: dict[str, Any], *, where: str = ""
) -> tuple[Any, int]:
    """The row known by `identity` and 0, or a new one made of `values` (checked as a form would) and 1."""
    existing = model._default_manager.filter(**identity).first()
    if existing:
        return existing, 0
    default = settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    translated = translated_fields(model)
    fields, relations = dict(identity), {}
    for name, value in values.items():
        if name in MANY_TO_MANY:
            relations[name] = [found(*MANY_TO_MANY[name], slug, where or str(identity)) for slug in value]
        else:
            fields[f"{name}_{default}" if name in translated else name] = value
    row = model(**fields)
    row.full_clean(exclude=[field.name for field in model._meta.fields if field.name.rpartition("_")[0] in translated])
    row.save()
    for name, related in relations.items():
        getattr(row, name).set(related)
    return row, 1


def found(model: type[models.Model], field: str, value: str, where: str) -> Any:
    row = model._default_manager.filter(**{field: value}).first()
    if row is None:
        raise ContentError(f"{where}: there is no {model._meta.verbose_name} “{value}”.")
    return row
