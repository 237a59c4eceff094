"""A translated text where a page needs one in any case: in its own language, else in the default one."""

from django.conf import settings
from django.db import models


def text_of(thing: models.Model, field: str) -> str:
    """The text in the active language, else in the default language; the caller says which it is, if it matters."""
    return getattr(thing, field) or getattr(thing, f"{field}_{settings.MODELTRANSLATION_DEFAULT_LANGUAGE}") or ""


def lines_of(thing: models.Model, field: str) -> list[str]:
    """The text's lines that are not empty."""
    return [line.strip() for line in text_of(thing, field).splitlines() if line.strip()]
