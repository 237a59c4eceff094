"""What the calendar offers is what a hold accepts, and nothing else is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import transaction

from bookings.exceptions import SlotTaken
from bookings.models import WorkingHours
from bookings.queries.diary import read_diary
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory, WorkingHoursFactory
from clinic.models import Practitioner

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)


def busy_diary(now: datetime, zone: str) -> Diary:
    """Two practitioners with breaks, nights, time off, requests, and holds of every kind, in one zone."""
    diary = Diary(
        now=now,
        signed=False,
        people=2,
        minutes=40,
        buffer_before=5,
        buffer_after=10,
        step=25,
        least_notice_hours=3,
        furthest_days=6,
    )
    diary.location.time_zone = zone
    diary.location.save()
    first, second = diary.practitioners
    WorkingHours.objects.filter(practitioner=second).delete()
    for weekday in (0, 2, 5, 6):
        for hours in ((0, 4), (13, 18)):
            WorkingHoursFactory(
                practitioner=second,
                location=diary.location,
                weekday=weekday,
                starts=time(hours[0]),
                ends=time(hours[1]),
            )
    TimeOffFactory(practitioner=first, starts_at=diary.at(1, 11, 20), ends_at=diary.at(1, 12, 5))
    TimeOffFactory(practitioner=first, starts_at=diary.at(3, 0), ends_at=diary.at(4, 0))
    offers = list(calendar(diary))
    for number, start in enumerate(offers[3:60:9]):
        diary.request(start, visitor=f"request {number}")
    for number, start in enumerate(list(calendar(diary))[5:60:11]):
        diary.hold(start, visitor=f"hold {number}")
    for number, start in enumerate(list(calendar(diary))[2:60:11]):
        diary.hold(start, visitor=f"slow {number}", minutes=-20)
    return diary


def calendar(diary: Diary) -> dict[datetime, list[Practitioner]]:
    first = diary.now.astimezone(diary.location.zone).date() - timedelta(days=1)
    return read_diary(diary.wish(), first=first, last=first + timedelta(days=9), now=diary.now).offers()


def held_with(diary: Diary, start: datetime, practitioner: Practitioner | None = None) -> Practitioner | None:
    """Who a hold of this start would be with; None if it is refused. Nothing is kept."""
    savepoint = transaction.savepoint()
    try:
        return diary.hold(start, visitor="a new visitor", practitioner=practitioner).practitioner
    except SlotTaken:
        return None
    finally:
        transaction.savepoint_rollback(savepoint)


@pytest.mark.parametrize(
    ("zone", "today"),
    [
        ("Europe/Berlin", date(2026, 10, 22)),  # clocks go back on the 25th
        ("Europe/Berlin", date(2027, 3, 25)),  # and forward on the 28th
        ("Asia/Tehran", date(2026, 12, 7)),
    ],
)
def test_for_a_week_every_offered_start_can_be_held_and_no_other(zone: str, today: date) -> None:
    diary = busy_diary(datetime.combine(today, time(20, 50), UTC), zone)
    offers = calendar(diary)
    assert len(offers) > 40
    for start in list(offers):
        assert held_with(diary, start) == offers[start][0]
    for person in diary.practitioners:
        for start in list(offers)[::8]:
            assert (held_with(diary, start, person) == person) is (person in offers[start])
    first = min(offers) - timedelta(hours=30)
    others = {first + number * QUARTER for number in range(9 * 24 * 4)} - set(offers)
    others |= {start + timedelta(minutes=1) for start in list(offers)[::9]}
    for start in sorted(others)[::16]:
        assert held_with(diary, start) is None
