"""A moment is written on the clock of its location, whatever the reader's own says."""

from datetime import UTC, datetime, timedelta

from django.template import Context, Template
from django.utils import timezone, translation

from bookings import moments
from clinic.models import Location

BERLIN = Location(city_en="Berlin", time_zone="Europe/Berlin")
DUBAI = Location(city_en="Dubai", time_zone="Asia/Dubai")
START = datetime(2026, 12, 8, 21, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_it_is_the_locations_day_and_hour() -> None:
    for zone in ("UTC", "America/Los_Angeles"):
        with timezone.override(zone):
            berlin = "Tuesday 8 December 2026, 22:30–23:30, Berlin time (CET)"
            assert moments.when(START, BERLIN, START + HOUR) == berlin
            assert moments.when(START, DUBAI) == "Wednesday 9 December 2026, 01:30, Dubai time (+04)"
            assert moments.when_short(START, DUBAI) == "Wed 9 Dec, 01:30 Dubai time"
            assert moments.moment_at(START, BERLIN) == "Tuesday 8 December, 22:30"


def test_an_hour_that_comes_twice_is_named() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moments.clock_at(first, BERLIN) == "02:30 CEST"
    assert moments.clock_at(first + HOUR, BERLIN) == "02:30 CET"
    assert moments.clock_at(first + 2 * HOUR, BERLIN) == "03:30"
    assert moments.when(first, BERLIN, first + HOUR) == (
        "Sunday 25 October 2026, 02:30 CEST–02:30 CET, Berlin time (CEST)"
    )


def test_pages_write_the_same_words() -> None:
    tags = "{% load moments %}{{ start|day_at:here }}|{% hours_at start end here %}|{{ start|zone_at:here }}"
    values = {"start": START, "end": START + HOUR, "here": BERLIN}
    with timezone.override("Asia/Tokyo"), translation.override("en"):
        said = Template(tags + "|{{ start|moment_at:here }}").render(Context(values))
        assert said == "Tuesday 8 December 2026|22:30–23:30|Berlin time (CET)|Tuesday 8 December, 22:30"
        assert ", ".join(said.split("|")[:3]) == moments.when(START, BERLIN, START + HOUR)
