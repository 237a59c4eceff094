"""Quiet hours, against asking the wall clock of every minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from bookings.care import QuietHours
from bookings.tests.care.visits import BERLIN, ZONES, instants, local, quiet_hours

MINUTE = timedelta(minutes=1)
LATE = datetime(2099, 1, 1, tzinfo=UTC)
profile = settings(deadline=None, max_examples=150)


def clock(moment: datetime, zone: ZoneInfo = BERLIN) -> str:
    return f"{moment.astimezone(zone):%d %H:%M}"


def quiet_minute(quiet: QuietHours, moment: datetime, zone: ZoneInfo) -> bool:
    """Counted round the clock from the minute they start."""
    wall = moment.astimezone(zone).time()
    minutes = [(each.hour * 60 + each.minute) for each in (quiet.starts, quiet.ends, wall)]
    length, since = (minutes[1] - minutes[0]) % 1440, (minutes[2] - minutes[0]) % 1440
    return since < length


@pytest.mark.parametrize(
    ("moment", "before", "after"),
    [
        ("2026-12-10 20:59", "10 20:59", "10 20:59"),
        ("2026-12-10 21:00", "10 20:59", "11 08:00"),
        ("2026-12-10 23:59", "10 20:59", "11 08:00"),
        ("2026-12-11 00:00", "10 20:59", "11 08:00"),
        ("2026-12-11 07:59", "10 20:59", "11 08:00"),
        ("2026-12-11 08:00", "11 08:00", "11 08:00"),
    ],
)
def test_a_moment_at_night_moves_to_the_evening_before_it_or_to_the_morning_after(
    moment: str, before: str, after: str
) -> None:
    quiet = QuietHours()
    assert clock(quiet.before(local(moment), BERLIN)) == before
    assert clock(quiet.after(local(moment), BERLIN)) == after


def test_quiet_hours_may_lie_within_one_day_end_at_midnight_or_be_none() -> None:
    small = QuietHours(time(1), time(6))
    assert clock(small.before(local("2026-12-10 02:00"), BERLIN)) == "10 00:59"
    assert clock(small.after(local("2026-12-10 02:00"), BERLIN)) == "10 06:00"
    assert clock(QuietHours(time(22), time(0)).after(local("2026-12-10 23:00"), BERLIN)) == "11 00:00"
    assert clock(QuietHours(time(0), time(7)).before(local("2026-12-10 06:00"), BERLIN)) == "09 23:59"
    none = QuietHours(time(9), time(9))
    assert clock(none.before(local("2026-12-10 02:00"), BERLIN)) == "10 02:00"


@pytest.mark.parametrize(
    ("starts", "ends"), [(time(8), time(7)), (time(7, 59), time(5)), (time(21, tzinfo=UTC), time(8))]
)
def test_quiet_hours_that_leave_no_day_or_name_a_zone_are_refused(starts: time, ends: time) -> None:
    with pytest.raises(ValueError, match="quiet hours"):
        QuietHours(starts, ends)


@profile
@given(quiet=quiet_hours(), moment=instants(), zone=ZONES)
def test_moves_go_to_the_nearest_minute_that_is_not_quiet(quiet: QuietHours, moment: datetime, zone: ZoneInfo) -> None:
    earlier = later = moment
    while quiet_minute(quiet, earlier, zone):
        earlier -= MINUTE
    while quiet_minute(quiet, later, zone):
        later += MINUTE
    assert quiet.hold(moment, zone) == quiet_minute(quiet, moment, zone)
    assert (quiet.before(moment, zone), quiet.after(moment, zone)) == (earlier, later)


def first_chance(moment: str, *, about: date | None, until: datetime = LATE) -> str | None:
    found = QuietHours().first_chance(local(moment), BERLIN, about=about, until=until)
    return found and clock(found)


def test_what_is_about_today_goes_at_night_and_the_rest_waits_for_the_morning() -> None:
    assert first_chance("2026-12-10 07:00", about=date(2026, 12, 10)) == "10 07:00"
    assert first_chance("2026-12-10 07:00", about=date(2026, 12, 11)) == "10 08:00"
    assert first_chance("2026-12-10 07:00", about=None) == "10 08:00"
    assert first_chance("2026-12-10 23:00", about=date(2026, 12, 10)) == "10 23:00"
    assert first_chance("2026-12-10 23:00", about=date(2026, 12, 11)) == "11 08:00"


def test_what_the_morning_is_too_late_for_goes_when_its_day_begins() -> None:
    early_visit = local("2026-12-11 07:30")
    assert first_chance("2026-12-10 23:00", about=date(2026, 12, 11), until=early_visit) == "11 00:00"
    assert first_chance("2026-12-11 02:00", about=date(2026, 12, 11), until=early_visit) == "11 02:00"


def test_what_is_too_late_does_not_go_at_all() -> None:
    early = local("2026-12-11 07:30")
    assert first_chance("2026-12-11 07:30", about=date(2026, 12, 11), until=early) == "11 07:30"
    assert first_chance("2026-12-11 07:31", about=date(2026, 12, 11), until=early) is None
    assert first_chance("2026-12-10 23:00", about=date(2026, 12, 10), until=local("2026-12-10 22:00")) is None
    assert first_chance("2026-12-11 02:00", about=date(2026, 12, 10), until=early) is None
    assert first_chance("2026-12-11 02:00", about=None, until=early) is None


@pytest.mark.parametrize(
    ("moment", "start", "goes"),
    [
        ("2026-12-09 14:00", "2026-12-10 07:30", "2026-12-09 14:00"),
        ("2026-12-09 22:00", "2026-12-12 10:00", "2026-12-10 08:00"),
        ("2026-12-09 22:00", "2026-12-10 10:00", "2026-12-10 08:00"),
        # The morning would be too late: on its day, two hours before.
        ("2026-12-09 22:00", "2026-12-10 08:00", "2026-12-10 06:00"),
        ("2026-12-09 22:00", "2026-12-10 01:00", "2026-12-10 00:00"),
        ("2026-12-10 05:00", "2026-12-10 13:00", "2026-12-10 05:00"),
        # What is past is no reason to wake anyone.
        ("2026-12-09 22:00", "2026-12-09 10:00", "2026-12-09 22:00"),
        ("2026-12-09 22:00", "2026-12-08 10:00", "2026-12-10 08:00"),
    ],
)
def test_news_of_a_visit_waits_for_the_morning_but_not_too_long(moment: str, start: str, goes: str) -> None:
    found = QuietHours().in_time(local(moment), BERLIN, start=local(start))
    assert found == local(goes)
