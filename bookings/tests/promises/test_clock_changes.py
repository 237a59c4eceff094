"""Promise 4: a clock change moves, hides and doubles no time, in no zone and on no page."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from bookings.models import Appointment, WorkingHours
from bookings.tests.browser import TYPED
from bookings.tests.diary import Diary
from bookings.tests.factories import WorkingHoursFactory
from bookings.tests.promises.reading import clocks, day_page, free_times, seated, starts
from bookings.tests.views.ways import DETAILS, TIMES

pytestmark = pytest.mark.django_db
HALF_HOUR = timedelta(minutes=30)
# The zone, a Sunday on which its clock is put forward or back, and how far. Lord Howe's moves by half an hour.
CHANGES = [
    ("Europe/Berlin", date(2027, 3, 28), 60),
    ("Europe/Berlin", date(2027, 10, 31), -60),
    ("America/New_York", date(2027, 11, 7), -60),
    ("Australia/Lord_Howe", date(2027, 10, 3), 30),
]


def diary_around(zone: str, sunday: date, hours: tuple[time, time], clock: time_machine.Traveller) -> Diary:
    """A place in this zone that works every day, some days before its clock changes."""
    now = datetime.combine(sunday - timedelta(days=9), time(12), UTC)
    clock.move_to(now)
    diary = Diary(now=now)
    diary.location.time_zone = zone
    diary.location.save()
    WorkingHours.objects.all().delete()
    for weekday in range(7):
        starts_at, ends_at = hours
        WorkingHoursFactory(
            practitioner=diary.practitioner,
            location=diary.location,
            weekday=weekday,
            starts=starts_at,
            ends=ends_at,
        )
    return diary


def half_hours(diary: Diary, day: date, before: time) -> list[datetime]:
    """Every half hour of a day at the place until `before`, told by its clock alone, aware UTC."""
    zone = diary.location.zone
    midnight = datetime.combine(day - timedelta(days=1), time(0), UTC)
    moments = [midnight + number * HALF_HOUR for number in range(3 * 48)]
    locals_ = [(moment, moment.astimezone(zone)) for moment in moments]
    return [moment for moment, local in locals_ if local.date() == day and local.time() < before]


@pytest.mark.parametrize(("zone", "sunday", "_minutes"), CHANGES)
def test_promise_04_the_same_clock_times_are_free_before_and_after_a_change_and_on_its_day(
    zone: str, sunday: date, _minutes: int, clock: time_machine.Traveller
) -> None:
    diary = diary_around(zone, sunday, (time(9), time(17)), clock)
    visitor = seated(diary)
    for days in (-1, 0, 1):
        day = sunday + timedelta(days=days)
        day_page(visitor, day)
        assert clocks(visitor) == [f"{9 + number // 2:02}:{number % 2 * 30:02}" for number in range(16)]
        local = [start.astimezone(diary.location.zone) for start in starts(visitor)]
        assert [f"{one:%H:%M}" for one in local] == clocks(visitor)
        assert {one.date() for one in local} == {day}
        if day.month == sunday.month:
            assert free_times(visitor)[day.day] == 16
    # The first day is cut by the notice.
    counts = list(free_times(visitor.get(f"{TIMES}?month={sunday:%Y-%m}")).values())
    assert set(counts[1:]) == {16}


@pytest.mark.parametrize(("zone", "sunday", "_minutes"), CHANGES[:2])
def test_promise_04_what_was_chosen_on_the_day_of_a_change_is_what_every_page_says(
    zone: str, sunday: date, _minutes: int, clock: time_machine.Traveller
) -> None:
    diary = diary_around(zone, sunday, (time(9), time(17)), clock)
    visitor = day_page(seated(diary), sunday).press("13:30")
    start = datetime.combine(sunday, time(13, 30), diary.location.zone)
    written = f"Sunday {sunday.day} {sunday:%B}"
    assert visitor.path == DETAILS
    assert f"{written}, 13:30" in visitor.main.text
    visitor.press("Continue", **TYPED)
    assert f"{written} {sunday.year}, 13:30 Berlin, {start:%Z}" in visitor.main.text
    visitor.press("Ask for this appointment")
    for said in (f"{written} {sunday.year}", "13:30–14:00", f"Berlin time ({start:%Z})"):
        assert said in visitor.main.text
    assert Appointment.objects.get().starts_at == start
    visitor = day_page(seated(diary), sunday)
    assert "13:30" not in clocks(visitor)
    assert free_times(visitor)[sunday.day] == 15


@pytest.mark.parametrize(("zone", "sunday", "minutes"), CHANGES)
def test_promise_04_the_hours_of_the_change_itself_lose_and_double_nothing(
    zone: str, sunday: date, minutes: int, clock: time_machine.Traveller
) -> None:
    """Worked from midnight to six: an hour less in spring, one more in autumn, each half hour of it once."""
    diary = diary_around(zone, sunday, (time(0), time(6)), clock)
    visitor = day_page(seated(diary), sunday)
    assert starts(visitor) == half_hours(diary, sunday, time(6))
    assert len(starts(visitor)) == free_times(visitor)[sunday.day] == 12 - minutes // 30
    # Two times alike on the clock are told apart by their zone.
    assert len(set(clocks(visitor))) == len(clocks(visitor))
