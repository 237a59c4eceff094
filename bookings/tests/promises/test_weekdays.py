"""Promise 19: the weekday is right under every date, however the place's week begins."""

from collections.abc import Iterator
from datetime import date, time

import pytest

from bookings.models import WorkingHours
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import WorkingHoursFactory
from bookings.tests.promises.reading import free_times
from bookings.tests.views.ways import TIMES

NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# 1 January 2026 was a Thursday; from there on it is counted here, by no calendar of Python's or Django's.
DAYS_OF_2027 = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
FIRST_OF_2027 = (3 + 365) % 7


def weekday_of(month: int, day: int) -> str:
    """The name of a day of 2027."""
    return NAMES[(FIRST_OF_2027 + sum(DAYS_OF_2027[: month - 1]) + day - 1) % 7]


def columns(visitor: Visitor) -> list[str]:
    return [one.get("title") for one in visitor.main.one("table", class_="month__table").all("abbr")]


def cells(visitor: Visitor) -> Iterator[tuple[str, int, str]]:
    """The column, the number and the link of each day of the month that is shown, in the order of reading."""
    heads = columns(visitor)
    for row in visitor.main.one("table", class_="month__table").one("tbody").all("tr"):
        for head, cell in zip(heads, row.all("td"), strict=True):
            if cell.text:
                links = [link.get("href") for link in cell.all("a")]
                yield head, int(cell.text.split()[0]), links[0] if links else ""


@pytest.mark.parametrize("begins", [5, 6, 0], ids=["Saturday", "Sunday", "Monday"])
def test_promise_19_every_date_of_a_year_stands_under_its_weekday(diary: Diary, visitor: Visitor, begins: int) -> None:
    diary.location.week_starts_on = begins
    diary.location.save()
    diary.type.furthest_days = 400
    diary.type.save()
    for month, days in enumerate(DAYS_OF_2027, start=1):
        visitor.get(f"{TIMES}?month=2027-{month:02}")
        assert columns(visitor) == NAMES[begins:] + NAMES[:begins]
        found = list(cells(visitor))
        assert [day for _head, day, _link in found] == list(range(1, days + 1))
        for head, day, link in found:
            assert head == weekday_of(month, day)
            # It is free on the days that are worked, and leads to itself.
            assert bool(link) is (head in NAMES[:5])
            assert f"day=2027-{month:02}-{day:02}" in link or not link


def test_promise_19_hours_of_one_weekday_are_offered_on_that_weekday_alone(diary: Diary, visitor: Visitor) -> None:
    diary.location.week_starts_on = 6
    diary.location.save()
    labels = dict(WorkingHours._meta.get_field("weekday").choices)
    for weekday, name in enumerate(NAMES):
        assert labels[weekday] == name
        WorkingHours.objects.all().delete()
        WorkingHoursFactory(
            practitioner=diary.practitioner, location=diary.location, weekday=weekday, starts=time(9), ends=time(10)
        )
        visitor.get(f"{TIMES}?month=2027-01")
        free = list(free_times(visitor))
        assert len(free) in (4, 5)
        assert {weekday_of(1, day) for day in free} == {name}
        visitor.get(f"{TIMES}?day={date(2027, 1, free[-1])}")
        said = f"{name} {free[-1]} January"
        assert visitor.page.one("h2", id="day-title").text == said
        assert visitor.main.all("button", class_="slot")[0].text == f"{said}, 09:00"
