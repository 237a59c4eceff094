"""Pages whose review is due are named to the clinic, once a week."""

from datetime import datetime, timedelta

import pytest

from bookings.actions.content_reviews import remind_of_reviews
from bookings.models import Message
from bookings.queries.content_reviews import reviews_due
from bookings.tests.diary import Diary
from treatments.models import Edition

pytestmark = pytest.mark.django_db


def test_once_a_week_while_a_page_is_due(now: datetime, django_assert_num_queries: object) -> None:
    Diary(now=now)
    edition = Edition.objects.get()
    due_on = datetime.combine(edition.review_due, now.time(), now.tzinfo)
    assert remind_of_reviews(now=due_on - timedelta(days=15)) is None
    monday = due_on - timedelta(days=due_on.weekday())
    told = remind_of_reviews(now=monday)
    assert told
    assert (told.kind, told.patient, told.practitioner, told.due_at) == ("staff_review", None, None, monday)
    assert remind_of_reviews(now=monday + timedelta(days=6)) is None
    assert remind_of_reviews(now=monday + timedelta(days=7))
    assert Message.objects.count() == 2


def test_a_page_that_was_signed_anew_is_not_due(now: datetime) -> None:
    Diary(now=now)
    old = Edition.objects.get()
    at = datetime.combine(old.review_due, now.time(), now.tzinfo)
    assert reviews_due(now=at) == [old]
    values = {name: getattr(old, name) for name in ("treatment", "language", "content", "reviewer", "reviewer_name")}
    Edition.objects.create(
        number=2,
        reviewer_role=old.reviewer_role,
        signed_at=at,
        publish_from=at,
        review_due=old.review_due + timedelta(days=365),
        **values,
    )
    assert reviews_due(now=at) == []
