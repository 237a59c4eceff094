"""What visitors read: the editions in force, in their language or, labelled, in the clinic's default language."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import get_language_info

from clinic.models import Clinic
from treatments.models import Edition
from treatments.page import Page, shown


@dataclass(frozen=True)
class Reading:
    """One treatment as a visitor reads it; `language` is the edition's, which may not be the page's."""

    edition: Edition
    language: str
    is_fallback: bool
    prescription_only: bool
    before_after: bool

    @cached_property
    def page(self) -> Page:
        return shown(self.content, prescription_only=self.prescription_only, before_after=self.before_after)

    @property
    def direction(self) -> str:
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"

    @property
    def content(self) -> Page:
        """The names and relations, without the work of numbering references: for lists.

        The address is the treatment's own: it is no part of what is signed, and links must lead somewhere.
        """
        return {**self.edition.content, "slug": self.edition.treatment.slug}


def readings(*, clinic: Clinic, language: str, at: datetime) -> list[Reading]:
    """Every treatment that visitors may read at `at`, in the clinic's order; one query a language, two at most."""
    found: dict[int, Reading] = {}
    for code in dict.fromkeys([clinic.default_language, language]):
        editions = Edition.objects.in_force(
            language=code, at=at, demo=clinic.is_demo, prescription_only=clinic.lists_prescription_only
        )
        for edition in editions:
            found[edition.treatment_id] = Reading(
                edition, code, code != language, clinic.lists_prescription_only, clinic.shows_before_after
            )
    return sorted(found.values(), key=lambda reading: (reading.edition.treatment.order, reading.edition.treatment_id))
