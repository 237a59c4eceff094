"""Every time on every page is the location's, wherever the visitor and the server are."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from bookings.models import Appointment
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.ways import TIMES, to_details, to_times

PLACES = [
    ("UTC", "en-US", "Asia/Tehran", "+0330"),
    ("Asia/Tokyo", "fa-IR", "America/Los_Angeles", "PST"),
    ("America/New_York", "ja", "Asia/Dubai", "+04"),
    ("Pacific/Kiritimati", "de-DE", "Europe/Berlin", "CET"),
]


@pytest.fixture
def serve_from() -> Iterator[Callable[[str], None]]:
    """Sets the zone of the machine that serves the pages."""
    before = os.environ.get("TZ")

    def set_zone(zone: str | None) -> None:
        if zone is None:
            os.environ.pop("TZ", None)
        else:
            os.environ["TZ"] = zone
        time.tzset()

    yield set_zone
    set_zone(before)


@pytest.mark.parametrize(("server", "language", "zone", "name"), PLACES)
def test_the_whole_way_shows_the_locations_clock(
    diary: Diary, serve_from: Callable[[str], None], server: str, language: str, zone: str, name: str
) -> None:
    serve_from(server)
    diary.location.time_zone = zone
    diary.location.save()
    visitor = to_times(Visitor(headers={"accept-language": language}), diary)
    text = visitor.get(f"{TIMES}?day=2026-12-09").main.text
    assert f"All times are Berlin time ({name})." in text
    slots = [button.text for button in visitor.main.all("button", class_="slot")]
    assert (slots[0], slots[-1]) == ("Wednesday 9 December, 09:00", "Wednesday 9 December, 16:30")
    visitor.press("13:30")
    assert "We hold Wednesday 9 December, 13:30 for you" in visitor.main.text
    visitor.press("Continue", **{**TYPED, "phone": "+4915112345678"})
    assert f"Wednesday 9 December 2026, 13:30 Berlin, {name}" in visitor.main.text
    visitor.press("Ask for this appointment")
    assert f"Wednesday 9 December 2026 13:30–14:00 Berlin time ({name})" in visitor.main.text
    assert Appointment.objects.get().starts_at == diary.at(2, 13, 30)


def test_the_zone_is_named_as_on_the_day_that_is_shown(
    diary: Diary, newcomer: Visitor, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2027, 3, 22, 8, tzinfo=UTC))
    visitor = to_times(newcomer, diary)
    assert "All times are Berlin time (CET)." in visitor.get(f"{TIMES}?day=2027-03-26").main.text
    assert "All times are Berlin time (CEST)." in visitor.get(f"{TIMES}?day=2027-03-29").main.text


def test_the_day_is_the_locations_day(diary: Diary, visitor: Visitor) -> None:
    diary.location.time_zone = "America/Los_Angeles"  # where it is midnight, and Monday has just begun
    diary.location.save()
    visitor.get(TIMES)
    assert visitor.page.one("h2", id="day-title").text == "Monday 7 December"
    assert "Next free: Monday 7 December, 09:00" in visitor.main.text


def test_the_minutes_of_a_hold_are_on_the_locations_clock(diary: Diary, visitor: Visitor) -> None:
    diary.location.time_zone = "Asia/Tehran"
    diary.location.save()
    to_details(visitor, diary)  # it is 08:00 UTC
    assert "for you until 11:40, Berlin time." in visitor.main.text
