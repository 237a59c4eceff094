"""The reminders there are, and times as the tests write them."""

from datetime import datetime

REMINDERS = {"reminder:7d", "reminder:2d", "reminder:3h"}


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time in Berlin."""
    return datetime(2026, 12, day, hour, minute)  # noqa: DTZ001
