"""Whether a draft is what patients read."""

from dataclasses import dataclass
from datetime import datetime

from treatments.models import Edition, Treatment
from treatments.models.edition import content_hash
from treatments.page import build


@dataclass(frozen=True)
class Status:
    """The latest edition of a treatment in one language, the one patients read, and how the draft differs.

    `latest` and `read` are not the same where the latest waits for its day, or was signed for a demonstration.
    """

    language: str
    latest: Edition | None
    read: Edition | None
    changed: bool


def status(treatment: Treatment, language: str, *, now: datetime, demo: bool) -> Status:
    """The state of a draft at `now`. Fetch it with `with_page()` and its editions: no query is made here."""
    signed = sorted(
        (edition for edition in treatment.editions.all() if edition.language == language),
        key=lambda edition: edition.number,
    )
    due = [edition for edition in signed if edition.publish_from <= now and (demo or not edition.is_demo)]
    latest = signed[-1] if signed else None
    changed = latest is not None and latest.hash != content_hash(build(treatment, language))
    return Status(language, latest, due[-1] if due else None, changed)
