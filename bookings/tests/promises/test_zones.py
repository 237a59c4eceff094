"""Promises 6 and 8: every day and time is the place's, whoever looks from wherever, and so is what can be booked."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from bookings.models import Appointment, WorkingHours
from bookings.tests.browser import TYPED
from bookings.tests.diary import Diary
from bookings.tests.factories import WorkingHoursFactory
from bookings.tests.promises.reading import choose, clocks, day_page, free_times, seated, starts, words
from bookings.tests.views.ways import DETAILS, TIMES

# The zone of the server, and what a browser tells of where it is.
ELSEWHERE = [
    ("UTC", {}),
    ("Pacific/Kiritimati", {"accept-language": "ja-JP", "sec-ch-timezone": "Asia/Tokyo"}),
    ("America/Los_Angeles", {"accept-language": "fa-IR, en-US;q=0.5", "time-zone": "Asia/Tehran", "x-timezone": "-8"}),
]


def all_week(diary: Diary, zone: str, hours: tuple[time, time], **values: int) -> None:
    """The place lies in this zone, and works every day."""
    diary.location.time_zone = zone
    diary.location.save()
    for name, value in values.items():
        setattr(diary.type, name, value)
    diary.type.save()
    WorkingHours.objects.all().delete()
    for weekday in range(7):
        WorkingHoursFactory(
            practitioner=diary.practitioner,
            location=diary.location,
            weekday=weekday,
            starts=hours[0],
            ends=hours[1],
        )


def test_promise_06_where_the_visitor_and_the_server_are_hides_and_shifts_nothing(
    diary: Diary, clock: time_machine.Traveller, serve_from: Callable[[str], None]
) -> None:
    """In Auckland it is Tuesday morning, in UTC still Monday, and in Los Angeles Monday noon."""
    clock.move_to(datetime(2026, 12, 7, 20, tzinfo=UTC))
    all_week(diary, "Pacific/Auckland", (time(0), time(23, 30)))
    seen = []
    for server, headers in ELSEWHERE:
        serve_from(server)
        visitor = seated(diary, headers=headers)
        visitor.client.cookies["timezone"] = "Asia/Tokyo"
        visitor.get(TIMES)
        assert "Next free: Tuesday 8 December, 11:00" in visitor.main.text
        assert "All times are Berlin time (NZDT)." in visitor.main.text
        assert not visitor.page.all("script")
        assert set(free_times(visitor)) == set(range(8, 32))
        day_page(visitor, date(2026, 12, 9))
        assert clocks(visitor) == [f"{number // 2:02}:{number % 2 * 30:02}" for number in range(47)]
        assert starts(visitor)[0] == datetime(2026, 12, 8, 11, tzinfo=UTC)
        seen.append(visitor.main.text)
    assert len(set(seen)) == 1


def test_promise_06_a_day_that_is_another_one_in_utc_stays_the_places_to_the_last_page(
    diary: Diary, clock: time_machine.Traveller, serve_from: Callable[[str], None]
) -> None:
    serve_from("America/Los_Angeles")
    all_week(diary, "Pacific/Auckland", (time(9), time(17)))
    visitor = day_page(seated(diary, headers=ELSEWHERE[2][1]), date(2026, 12, 10)).press("09:30")
    assert "Thursday 10 December, 09:30" in visitor.main.text
    visitor.press("Continue", **TYPED)
    assert "Thursday 10 December 2026, 09:30 Berlin, NZDT" in visitor.main.text
    visitor.press("Ask for this appointment")
    for said in ("Thursday 10 December 2026", "09:30–10:00", "Berlin time (NZDT)"):
        assert said in visitor.main.text
    assert Appointment.objects.get().starts_at == datetime(2026, 12, 9, 20, 30, tzinfo=UTC)


# Moments at which it is another day at the place than in UTC.
WINDOWS = [
    ("Asia/Tehran", datetime(2026, 12, 7, 21, 0, tzinfo=UTC), date(2026, 12, 8)),  # 00:30 of the next day
    ("America/Los_Angeles", datetime(2026, 12, 8, 2, 0, tzinfo=UTC), date(2026, 12, 7)),  # 18:00 of the day before
]


@pytest.mark.parametrize(("zone", "moment", "today"), WINDOWS)
def test_promise_08_notice_and_furthest_day_are_those_of_the_places_clock(
    diary: Diary, clock: time_machine.Traveller, zone: str, moment: datetime, today: date
) -> None:
    clock.move_to(moment)
    all_week(diary, zone, (time(0), time(23, 30)), least_notice_hours=30, furthest_days=3)
    earliest = moment + timedelta(hours=30)
    first, last = earliest.astimezone(diary.location.zone).date(), today + timedelta(days=3)
    visitor = seated(diary).get(TIMES)
    assert sorted(free_times(visitor)) == [first.day + number for number in range((last - first).days + 1)]
    said = words(visitor)
    assert (said[first.day - 1], said[last.day + 1]) == ("too early", "too far")
    # To the minute on the first day, and the last day whole.
    assert starts(day_page(visitor, first))[0] == earliest
    assert len(starts(day_page(visitor, last))) == 47
    latest = starts(visitor)[-1]
    for outside in (earliest - timedelta(minutes=30), latest + timedelta(hours=1)):
        assert choose(visitor, outside).path != DETAILS
        assert not Appointment.objects.exists()
    for inside in (earliest, latest):
        assert choose(day_page(visitor, last), inside).path == DETAILS
