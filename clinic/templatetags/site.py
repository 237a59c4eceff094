"""How people, places and times are shown on every page."""

import json
from datetime import time
from typing import Any

from django import template
from django.conf import settings
from django.db import models
from django.urls import translate_url
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from clinic.hours import HoursLine
from clinic.models import WEEKDAYS

register = template.Library()


@register.simple_tag
def said(thing: models.Model, field: str) -> SafeString | str:
    """A translated text of `thing` in the page's language; the default language's, labelled, where it has none."""
    language = get_language() or settings.LANGUAGE_CODE
    if text := getattr(thing, f"{field}_{language}", "") or "":
        return text
    text = getattr(thing, f"{field}_{settings.MODELTRANSLATION_DEFAULT_LANGUAGE}", "") or ""
    return format_html("<span{}>{}</span>", label_for(thing, field), text) if text else ""


@register.simple_tag
def label_for(thing: models.Model, field: str) -> SafeString | str:
    """The attributes of an element that shows a text in the default language; none where it is the page's own."""
    if getattr(thing, f"{field}_{get_language() or settings.LANGUAGE_CODE}", "") or "":
        return ""
    fallback = settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    direction = "rtl" if get_language_info(fallback)["bidi"] else "ltr"
    return format_html(' lang="{}" dir="{}"', fallback, direction)


@register.filter
def days(line: HoursLine) -> str:
    """The days of an hours line: “Monday” or “Monday to Friday”."""
    names = dict(WEEKDAYS)
    if line.first == line.last:
        return str(names[line.first])
    return _("%(first)s to %(last)s") % {"first": names[line.first], "last": names[line.last]}


@register.filter
def spans(line: HoursLine) -> str:
    """The hours of a line: “09:00–18:00”, several with a comma, or “closed”."""
    if not line.spans:
        return _("closed")
    return ", ".join(f"{clock(opens)}–{clock(closes)}" for opens, closes in line.spans)


def clock(moment: time) -> str:
    return formats.time_format(moment, "H:i")


@register.filter
def call(phone: object) -> str:
    """The `tel:` address of a phone number."""
    return getattr(phone, "as_rfc3966", "") or f"tel:{phone}"


@register.simple_tag(takes_context=True)
def language_versions(context: template.Context) -> list[dict[str, str]]:
    """This page in each language the clinic offers: code, the language's own name, path. Empty where it is only one."""
    clinic, request = context.get("clinic"), context.get("request")
    if clinic is None or request is None or len(clinic.languages) < 2:
        return []
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "path": translate_url(request.path, code),
        }
        for code in clinic.languages
    ]


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """A block of structured data. Its characters are escaped as JSON's own, so that no text can end the block."""
    text = json.dumps(data, ensure_ascii=False).translate(
        {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    )
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.simple_tag
def first_phone(*phones: object) -> object:
    """The first of these phone numbers that is set; None where none is."""
    return next((phone for phone in phones if phone), None)
