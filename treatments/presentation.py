"""A page's rows in the groups that the templates show."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from treatments.enums import Onset, Outcome, SeekHelp
from treatments.page import Page

Rows = list[dict[str, Any]]


class Group(NamedTuple):
    """Rows under one heading, with a sentence on what the heading means."""

    key: str
    title: str
    meaning: str
    rows: Rows


def where(rows: Rows, field: str, value: Any) -> Rows:
    return [row for row in rows if row[field] == value]


def contraindication_groups(page: Page) -> list[Group]:
    """Who should not have it, the strongest outcome first; a row stands under what a plain yes leads to."""
    titles = {
        Outcome.NOT_SUITABLE: (_("Not suitable"), _("We do not treat you if this applies.")),
        Outcome.NOT_NOW: (_("Not now"), _("Please wait until this has passed.")),
        Outcome.WAIT: (_("Wait a while"), _("You can have the treatment later.")),
        Outcome.REVIEW: (
            _("Tell us first"),
            _("A clinician decides with you whether the treatment is right."),
        ),
    }
    groups = [
        Group(outcome.value, *titles[outcome], where(page["contraindications"], "outcome", outcome))
        for outcome in titles
    ]
    return [group for group in groups if group.rows]


def complication_groups(page: Page) -> list[Group]:
    """What can go wrong, early and late."""
    groups = [
        Group(Onset.EARLY.value, _("In the first days"), "", where(page["complications"], "onset", Onset.EARLY)),
        Group(
            Onset.LATE.value,
            _("Weeks or months later"),
            "",
            where(page["complications"], "onset", Onset.LATE),
        ),
    ]
    return [group for group in groups if group.rows]


def context(page: Page) -> dict[str, Any]:
    """Everything the treatment templates need of a page, for the public page and for the preview alike."""
    return {
        "page": page,
        "contraindication_groups": contraindication_groups(page),
        "complication_groups": complication_groups(page),
        "call_clinic": where(page["complications"], "seek_help", SeekHelp.CLINIC),
        "call_emergency": where(page["complications"], "seek_help", SeekHelp.EMERGENCY),
        "prepare_do": where(page["preparation"], "is_do", True),
        "prepare_do_not": where(page["preparation"], "is_do", False),
        "after_do": where(page["aftercare"], "is_do", True),
        "after_do_not": where(page["aftercare"], "is_do", False),
    }
