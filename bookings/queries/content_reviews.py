"""Which signed pages are to be reviewed soon."""

from datetime import datetime, timedelta

from clinic.models import Clinic
from treatments.models import Edition

AHEAD = timedelta(days=14)


def reviews_due(*, now: datetime) -> list[Edition]:
    """The editions in force whose next review is due within two weeks, the most overdue first."""
    clinic = Clinic.objects.current()
    last = (now + AHEAD).date()
    found: list[Edition] = []
    for language in clinic.languages:
        editions = Edition.objects.in_force(language=language, at=now, demo=clinic.is_demo, prescription_only=True)
        found += editions.filter(review_due__lte=last).defer("content").select_related("treatment")
    return sorted(found, key=lambda edition: (edition.review_due, edition.pk))
