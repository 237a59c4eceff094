"""Reading the diary in tests."""

from datetime import date, datetime

from bookings.queries.diary import Offers, read_diary
from bookings.tests.diary import Diary


def offers(diary: Diary, first: date, last: date | None = None, *, visitor: str = "") -> Offers:
    """What can be booked from `first` to `last`, local days."""
    return read_diary(diary.wish(visitor=visitor), first=first, last=last or first, now=diary.now).offers()


def clocks(diary: Diary, first: date, last: date | None = None) -> list[str]:
    """The offered starts as the clock at the location shows them."""
    return [f"{clock(diary, start):%H:%M}" for start in offers(diary, first, last)]


def clock(diary: Diary, start: datetime) -> datetime:
    return start.astimezone(diary.location.zone)
