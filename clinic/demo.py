"""The demonstration's clinic, read from clinic/content/demo.toml."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from modeltranslation.translator import translator

from clinic.models import Clinic, Location, OpeningHours, Practitioner

M = TypeVar("M", bound=models.Model)
FILE = Path(__file__).parent / "content" / "demo.toml"


def load_clinic() -> None:
    """Make the invented clinic with its locations and practitioners; nothing where there is one already."""
    if Location.objects.exists():
        return
    demo = tomllib.loads(FILE.read_text(encoding="utf-8"))
    make(Clinic, demo["clinic"]).save()
    for position, values in enumerate(demo["locations"], start=1):
        hours = values.pop("opening_hours")
        location = make(Location, {**values, "order": position})
        location.save()
        OpeningHours.objects.bulk_create(
            OpeningHours(location=location, weekday=day, opens=line["opens"], closes=line["closes"])
            for line in hours
            for day in line["days"]
        )
    for position, values in enumerate(demo["practitioners"], start=1):
        make(Practitioner, {**values, "order": position}).save()


def make(model: type[M], values: dict[str, Any]) -> M:
    """An unsaved row, its translated texts in the default language."""
    translated = set(translator.get_options_for_model(model).get_field_names())
    language = settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    return model(
        **{
            f"{name}_{language}" if name in translated else name: value.strip() if isinstance(value, str) else value
            for name, value in values.items()
        }
    )
