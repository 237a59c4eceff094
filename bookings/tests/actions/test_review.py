"""A clinician's review lifts the one rule that waits for it."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from bookings.actions.review import review
from bookings.enums import Rule
from bookings.models import Screening
from bookings.queries.obstacles import obstacles
from bookings.tests.diary import Diary
from treatments.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def doctor(db: None) -> User:
    return User.objects.create_user("doctor")


def test_it_lets_the_request_be_confirmed_and_a_second_one_changes_nothing(now: datetime, doctor: User) -> None:
    diary = Diary(now=now)
    asked = diary.request(diary.at(1, 10))
    values = {"patient": asked.patient, "appointment": asked, "edition": Edition.objects.get()}
    screening = Screening.objects.create(**values, needs_review=True, answered_at=now)
    assert obstacles(asked, now=now) == [Rule.REVIEW]
    review(screening=screening, by=doctor, now=now)
    assert obstacles(asked, now=now) == []
    review(screening=screening, by=User.objects.create_user("another"), now=now + timedelta(hours=1))
    stored = Screening.objects.get()
    assert (stored.reviewed_by, stored.reviewed_at) == (doctor, now)


def test_answers_that_need_none_are_not_marked(now: datetime, doctor: User) -> None:
    diary = Diary(now=now)
    asked = diary.request(diary.at(1, 10))
    screening = Screening.objects.create(
        patient=asked.patient, appointment=asked, edition=Edition.objects.get(), answered_at=now
    )
    review(screening=screening, by=doctor, now=now)
    assert Screening.objects.get().reviewed_at is None
