"""On which weekdays whoever waits may hope."""

from datetime import datetime

import pytest

from bookings.models import WorkingHours
from bookings.queries.entries import weekdays_worked
from bookings.tests.diary import Diary
from bookings.tests.factories import SpecialHoursFactory

pytestmark = pytest.mark.django_db


def test_those_of_the_weekly_hours_and_of_single_days_in_the_order_of_the_places_week(now: datetime) -> None:
    diary = Diary(now=now, signed=False)
    diary.location.week_starts_on = 6
    WorkingHours.objects.exclude(weekday__in=[0, 2]).delete()
    assert weekdays_worked(diary.type, diary.location) == [0, 2]
    sunday = diary.at(6, 0).date()
    SpecialHoursFactory(practitioner=diary.practitioner, location=diary.location, day=sunday)
    assert weekdays_worked(diary.type, diary.location) == [6, 0, 2]
