"""Whether a draft is what patients read."""

from dataclasses import dataclass

from treatments.models import Edition, Treatment
from treatments.models.edition import content_hash
from treatments.page import build


@dataclass(frozen=True)
class Status:
    """The latest edition of a treatment in one language, and whether the draft has changed since it was signed."""

    language: str
    edition: Edition | None
    changed: bool


def status(treatment: Treatment, language: str) -> Status:
    """The state of a draft. Fetch the treatment with `with_page()` and its editions: no query is made here."""
    signed = [edition for edition in treatment.editions.all() if edition.language == language]
    latest = max(signed, key=lambda edition: edition.number, default=None)
    changed = latest is not None and latest.hash != content_hash(build(treatment, language))
    return Status(language, latest, changed)
