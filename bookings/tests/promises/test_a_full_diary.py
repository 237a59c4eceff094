"""Promises 9 and 22: what a page costs does not grow with the diary, and looking for a free time comes to an end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.models import Appointment, WorkingHours
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory
from bookings.tests.promises.reading import choose, clocks, day_page, free_times
from bookings.tests.queries.test_cost import fill
from bookings.tests.views.ways import DETAILS, TIMES

FULL, DAYS, FEW = 500, 365, 90


def queries_of(load: Callable[[], Visitor]) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert load().status == 200
    return len(queries)


def costs(diary: Diary, visitor: Visitor) -> dict[str, int]:
    """Queries of the calendar as it opens, of a day, of another month, and of choosing a time on the last day."""
    last = diary.at(24, 16)
    return {
        "opened": queries_of(lambda: visitor.get(TIMES)),
        "a day": queries_of(lambda: day_page(visitor, diary.at(1, 0).date())),
        "the month after": queries_of(lambda: visitor.get(f"{TIMES}?month=2027-01")),
        "choosing": queries_of(lambda: choose(day_page(visitor, last.date()), last)),
    }


def test_promise_09_a_month_with_five_hundred_appointments_costs_what_an_empty_one_costs(
    diary: Diary, visitor: Visitor
) -> None:
    empty = costs(diary, visitor)
    assert visitor.path == DETAILS
    Appointment.objects.all().delete()
    assert free_times(visitor.get(TIMES))[8] == 16
    fill(diary, FULL)
    full = costs(diary, visitor)
    assert visitor.path == DETAILS
    # From tomorrow on all is taken, as far as five hundred half hours go.
    assert min(free_times(day_page(visitor, diary.at(1, 0).date()))) == 7
    assert not clocks(visitor)
    assert sum(free_times(visitor).values()) < 200
    assert full == empty
    assert max(empty.values()) <= 60


@contextmanager
def at_most(queries: int) -> Iterator[None]:
    """Fails on one query more, at once: a search without an end would not come back to be counted."""
    left = queries

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal left
        left -= 1
        assert left >= 0, f"more than {queries} queries"
        return execute(*args)

    with connection.execute_wrapper(count):
        yield


def nobody_works(diary: Diary) -> None:
    WorkingHours.objects.all().delete()


def everyone_is_away(diary: Diary) -> None:
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(-1, 0), ends_at=diary.at(DAYS + 9, 0))


def a_visit_never_fits(diary: Diary) -> None:
    diary.type.minutes, diary.type.buffer_after = 480, 5
    diary.type.save()


def the_notice_is_longer_than_the_horizon(diary: Diary) -> None:
    diary.type.least_notice_hours, diary.type.furthest_days = 24 * 30, 7
    diary.type.save()


def all_is_booked(diary: Diary) -> None:
    diary.type.furthest_days = 9
    diary.type.save()
    fill(diary, 48 * 10)
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(0, 0), ends_at=diary.at(1, 0))


NONE_FREE, BY_PHONE = "There is no free time at the moment", "Please book by phone"


@pytest.mark.parametrize(
    ("hinder", "says"),
    [
        (nobody_works, BY_PHONE),
        (everyone_is_away, NONE_FREE),
        (a_visit_never_fits, NONE_FREE),
        (the_notice_is_longer_than_the_horizon, NONE_FREE),
        (all_is_booked, NONE_FREE),
    ],
)
def test_promise_22_where_nothing_is_free_the_search_ends_and_the_page_says_so(
    diary: Diary, visitor: Visitor, hinder: Callable[[Diary], None], says: str
) -> None:
    diary.type.furthest_days = DAYS
    diary.type.save()
    assert clocks(visitor.get(TIMES))
    hinder(diary)
    for path in (TIMES, f"{TIMES}?month=2027-01"):
        with at_most(FEW):
            visitor.get(path)
        assert visitor.status == 200
        assert says in visitor.main.text
        assert [link for link in visitor.main.all("a") if link.get("href").startswith("tel:")]


def test_promise_22_one_time_at_the_very_end_is_found(diary: Diary, visitor: Visitor) -> None:
    diary.type.furthest_days = DAYS
    diary.type.save()
    end = diary.at(DAYS, 16)
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(-1, 0), ends_at=end + timedelta(minutes=30))
    with at_most(FEW):
        visitor.get(TIMES)
    assert clocks(visitor) == ["16:30"]
    assert "Next free: Tuesday 7 December, 16:30" in visitor.main.text
