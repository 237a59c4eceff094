"""A clinician's word on a patient's answers."""

from datetime import datetime

from django.contrib.auth.models import User

from bookings.models import Screening


def review(*, screening: Screening, by: User, now: datetime) -> None:
    """Note that these answers were reviewed and suit the treatment: they no longer stand in the way of confirming.

    Answers that need no review, or have one, stay as they are.
    """
    waiting = Screening.objects.filter(pk=screening.pk, needs_review=True, reviewed_at=None)
    waiting.update(reviewed_by=by, reviewed_at=now)
