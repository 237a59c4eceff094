"""The window of booking and the clock, both those of the location."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bookings.models import WorkingHours
from bookings.queries.openings import offered
from bookings.queries.wish import bounds
from bookings.tests.diary import Diary
from bookings.tests.factories import WorkingHoursFactory
from bookings.tests.queries.reading import clock, clocks, offers

pytestmark = pytest.mark.django_db


def diary_in(zone: str, now: datetime, *, hours: tuple[time, time] = (time(9), time(17)), **values: int) -> Diary:
    """A diary worked on all seven days."""
    diary = Diary(now=now, signed=False, **{"minutes": 60, "step": 60, "least_notice_hours": 0, **values})
    diary.location.time_zone = zone
    diary.location.save()
    WorkingHours.objects.all().delete()
    for weekday in range(7):
        WorkingHoursFactory(
            practitioner=diary.practitioner,
            location=diary.location,
            weekday=weekday,
            starts=hours[0],
            ends=hours[1],
        )
    return diary


@pytest.mark.parametrize(
    ("zone", "now", "today"),
    [
        ("Asia/Tehran", datetime(2026, 12, 7, 21, 0, tzinfo=UTC), date(2026, 12, 8)),  # 00:30 of the next day there
        ("America/Los_Angeles", datetime(2026, 12, 8, 2, 0, tzinfo=UTC), date(2026, 12, 7)),  # 18:00 the day before
    ],
)
def test_the_furthest_day_is_counted_from_the_locations_today(zone: str, now: datetime, today: date) -> None:
    diary = diary_in(zone, now, furthest_days=3)
    found = offers(diary, today - timedelta(days=2), today + timedelta(days=9))
    days = sorted({clock(diary, start).date() for start in found})
    assert days[-1] == today + timedelta(days=3)
    assert len(clocks(diary, days[-1])) == 8  # and it counts whole


@pytest.mark.parametrize("zone", ["Asia/Tehran", "America/Los_Angeles", "Europe/Berlin", "Pacific/Kiritimati"])
def test_the_least_notice_is_counted_in_hours_from_now(zone: str, now: datetime) -> None:
    diary = diary_in(zone, now, hours=(time(0), time(23, 45)), least_notice_hours=5, minutes=15, step=15)
    today = clock(diary, now).date()
    found = offers(diary, today - timedelta(days=1), today + timedelta(days=2))
    assert min(found) == now + timedelta(hours=5)


def test_the_latest_start_is_on_the_furthest_day_of_the_location(now: datetime) -> None:
    diary = diary_in("Asia/Tehran", now, furthest_days=3)
    earliest, latest = bounds(diary.wish(), now)
    assert earliest == now
    assert clock(diary, latest) == datetime(2026, 12, 10, 23, 59, tzinfo=diary.location.zone)


@pytest.mark.parametrize("sunday", [date(2026, 10, 25), date(2027, 3, 28)])
def test_a_clock_change_moves_hides_and_doubles_nothing(sunday: date) -> None:
    diary = diary_in("Europe/Berlin", datetime.combine(sunday - timedelta(days=4), time(12), UTC))
    for days in range(-2, 3):
        expected = [f"{hour:02}:00" for hour in range(9, 17)]
        assert clocks(diary, sunday + timedelta(days=days)) == expected


@pytest.mark.parametrize(("sunday", "hour"), [(date(2026, 10, 24), 7), (date(2026, 10, 25), 8)])
def test_nine_oclock_stays_nine_oclock_when_it_is_booked(sunday: date, hour: int) -> None:
    diary = diary_in("Europe/Berlin", datetime(2026, 10, 21, 12, tzinfo=UTC))
    start = datetime.combine(sunday, time(9), tzinfo=diary.location.zone)
    held = diary.hold(start)
    held.refresh_from_db()
    assert held.starts_at == datetime.combine(sunday, time(hour), UTC)
    assert held.local_start.time() == time(9)
    assert (held.ends_at.astimezone(held.location.zone).time(), held.ends_at - held.starts_at) == (
        time(10),
        timedelta(hours=1),
    )


def test_the_hour_that_happens_twice_can_be_booked_twice() -> None:
    diary = diary_in("Europe/Berlin", datetime(2026, 10, 21, 12, tzinfo=UTC), hours=(time(1), time(4)))
    assert clocks(diary, date(2026, 10, 25)) == ["01:00", "02:00", "02:00", "03:00"]
    for number, start in enumerate(offers(diary, date(2026, 10, 25))):
        assert diary.hold(start, visitor=f"visitor {number}").starts_at == start
    assert clocks(diary, date(2026, 10, 25)) == []


def test_the_hour_that_is_left_out_cannot_be_booked() -> None:
    diary = diary_in("Europe/Berlin", datetime(2027, 3, 24, 12, tzinfo=UTC), hours=(time(1), time(4)))
    assert clocks(diary, date(2027, 3, 28)) == ["01:00", "03:00"]


def test_a_start_may_be_named_in_any_zone(now: datetime) -> None:
    diary = diary_in("Asia/Tehran", now)
    start = diary.at(1, 9)
    for same in (start, start.astimezone(UTC)):
        assert offered(diary.wish(), same, now=now)
