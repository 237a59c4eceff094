"""Reading the diary in tests."""

from datetime import date, datetime

from bookings.queries.openings import Offers, practitioners_for, read_diary
from bookings.tests.factories import Diary


def offers(diary: Diary, first: date, last: date | None = None, *, visitor: str = "") -> Offers:
    """What can be booked from `first` to `last`, local days."""
    last = last or first
    read = read_diary(
        practitioners=practitioners_for(diary.type, diary.location),
        location=diary.location,
        first=first,
        last=last,
        now=diary.now,
        visitor=visitor,
    )
    return read.offers(diary.type, first=first, last=last, now=diary.now)


def clocks(diary: Diary, first: date, last: date | None = None) -> list[str]:
    """The offered starts as the clock at the location shows them."""
    return [f"{clock(diary, start):%H:%M}" for start in offers(diary, first, last)]


def clock(diary: Diary, start: datetime) -> datetime:
    return start.astimezone(diary.location.zone)
