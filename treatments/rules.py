"""What a page must have before a clinician may sign it."""

from typing import Any

from django.utils.translation import gettext as _

from treatments.enums import Frequency, Grade
from treatments.page import SECTIONS, TEXTS, Page

REQUIRED = ("name", "tagline", "summary", "what_it_is")
NEEDS_ROWS = ("contraindications", "complications", "preparation", "steps", "aftercare")
# The text without which a row says nothing; it must be there in the language that is signed.
MAIN_TEXT = {
    "indications": "text",
    "contraindications": "name",
    "complications": "name",
    "preparation": "text",
    "steps": "text",
    "aftercare": "text",
    "sessions": "name",
    "substances": "name",
    "comparisons": "difference",
    "evidence": "finding",
    "questions": "answer",
    "pictures": "alt",
}


def problems(page: Page, default: Page) -> list[str]:
    """What is missing from `page`; `default` is the same page in the clinic's default language.

    The rules are those of the evidence grades and of frequencies (a grade or a figure needs its source), of the
    seek-help card (never without a sign to call about), and of translations (signed whole or not at all).
    """
    return [*missing_texts(page, default), *missing_rows(page), *missing_sources(page), *missing_grades(page)]


def missing_texts(page: Page, default: Page) -> list[str]:
    found = [_("“%(field)s” is empty.") % {"field": field} for field in REQUIRED if not page[field]]
    untranslated = [field for field in TEXTS if field not in REQUIRED and default[field] and not page[field]]
    found += [_("“%(field)s” is not translated.") % {"field": field} for field in untranslated]
    found += [
        _("“%(slug)s” has no name in this language.") % {"slug": one["slug"]} for one in named(page) if not one["name"]
    ]
    for section, field in MAIN_TEXT.items():
        for row in page[section]:
            if not row[field]:
                found.append(
                    _("A row of “%(section)s” has no text (%(key)s).") % {"section": section, "key": row["key"]}
                )
    for section in SECTIONS:
        for row, original in zip(page[section], default[section], strict=True):
            for field, value in original.items():
                if isinstance(value, str) and value and row[field] == "":
                    found.append(
                        _("“%(field)s” is not translated (%(section)s, %(key)s).")
                        % {"field": field, "section": section, "key": row["key"]}
                    )
    return list(dict.fromkeys(found))


def named(page: Page) -> list[dict[str, str]]:
    """What the page calls by a name kept elsewhere: the overview, areas, concerns and locations."""
    concerns = [concern for row in page["evidence"] for concern in row["concerns"]]
    of_rows = [row["concern"] for row in page["indications"]] + [row["location"] for row in page["prices"]]
    return [*filter(None, [page["parent"]]), *page["areas"], *of_rows, *concerns]


def missing_rows(page: Page) -> list[str]:
    found = [_("There is no row under “%(section)s”.") % {"section": name} for name in NEEDS_ROWS if not page[name]]
    # A row that a clinic may have to hide does not count: the card must never stand empty.
    called = {row["seek_help"] for row in page["complications"] if not row["prescription_only"]}
    if not {"clinic", "emergency"} <= called:
        found.append(_("Say when to call the clinic, and when to call the emergency number (what can go wrong)."))
    if not page["is_overview"] and not page["indications"]:
        found.append(_("Say what it is for."))
    return found


def missing_sources(page: Page) -> list[str]:
    found = []
    for row in page["evidence"]:
        if row["grade"] != Grade.NONE and not row["references"]:
            found.append(_("The grade of “%(row)s” needs a reference.") % {"row": row["benefit"]})
    for row in page["complications"]:
        if (row["frequency"] != Frequency.NOT_KNOWN or row["figure"]) and not row["references"]:
            found.append(_("How common “%(row)s” is needs a reference.") % {"row": row["name"]})
    return found


def missing_grades(page: Page) -> list[str]:
    graded: set[Any] = {concern["slug"] for row in page["evidence"] for concern in row["concerns"]}
    return [
        _("The benefit for “%(concern)s” has no evidence grade.") % {"concern": row["concern"]["name"]}
        for row in page["indications"]
        if row["concern"]["slug"] not in graded
    ]
