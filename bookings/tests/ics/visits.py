"""Visits for calendar files."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bookings.ics import Event, Person

BERLIN = ZoneInfo("Europe/Berlin")
# Dubai never changes its clocks, Tehran no longer does (and did at midnight), Lord Howe by half an hour.
NAMES = ["Europe/Berlin", "Asia/Dubai", "Asia/Tehran", "America/New_York", "Australia/Lord_Howe"]
ZONES = [ZoneInfo(name) for name in NAMES]
DESK = Person("Praxis am Park", "desk@clinic.example")
PATIENT = Person("Zoë Öztürk", "zoe@patient.example")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def visit(
    start: str = "2026-12-10 13:30", *, zone: ZoneInfo = BERLIN, length: timedelta = HOUR, **fields: Any
) -> Event:
    """A confirmed visit; `start` on the zone's wall clock."""
    return at(datetime.fromisoformat(start).replace(tzinfo=zone).astimezone(UTC), zone, **fields)


def at(start: datetime, zone: ZoneInfo, length: timedelta = HOUR, **fields: Any) -> Event:
    return Event(
        **{
            "uid": "K7QM-3XPA@clinic.example",
            "sequence": 0,
            "stamp": datetime(2026, 12, 1, 8, tzinfo=UTC),
            "start": start,
            "end": start + length,
            "zone": zone,
            "summary": "Praxis am Park",
        }
        | fields
    )
