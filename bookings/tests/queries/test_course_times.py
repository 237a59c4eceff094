"""Which times are proposed for a course, and how far a session may go."""

from datetime import date, datetime, timedelta

import pytest

from bookings.availability.courses import Gap, Session
from bookings.enums import PartOfDay
from bookings.queries.course_steps import steps
from bookings.queries.course_times import days_before, days_for, free_times, wish_of_course
from bookings.tests.factories import TimeOffFactory
from bookings.tests.planned import Planned

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def planned(now: datetime) -> Planned:
    return Planned(now=now)


def test_who_is_free_first_comes_first(now: datetime) -> None:
    planned = Planned(now=now, people=3)
    first, second, third = planned.diary.practitioners
    for person, days in ((first, 4), (third, 2)):
        TimeOffFactory(
            practitioner=person,
            location=planned.diary.location,
            starts_at=planned.diary.at(0, 0),
            ends_at=planned.diary.at(days, 18),
        )
    TimeOffFactory(
        practitioner=second, location=planned.diary.location, starts_at=now, ends_at=planned.diary.at(200, 18)
    )
    wish = wish_of_course(planned.course, steps(planned.course, language="en", now=now).first_day)
    assert list(free_times(wish, now=now)) == [third.pk, first.pk], "and who has no time is left out"


def test_someone_else_steps_in_only_where_the_known_one_cannot(now: datetime) -> None:
    planned = Planned(now=now, people=2)
    known, other = planned.diary.practitioners
    assert planned.people_proposed(person=known.pk) == [known.pk] * 4
    assert planned.people_proposed(person=other.pk) == [other.pk] * 4
    for person, first, last in ((known, 14, 90), (other, 0, 13)):
        TimeOffFactory(
            practitioner=person,
            location=planned.diary.location,
            starts_at=planned.diary.at(first, 0),
            ends_at=planned.diary.at(last, 23),
        )
    planned.course.type.furthest_days = 34
    assert planned.people_proposed(person=known.pk) == [known.pk, known.pk, other.pk, other.pk]


def test_the_time_of_day_is_kept_if_it_can_be_else_something_near(planned: Planned) -> None:
    zone = planned.diary.location.zone
    hours = {
        part: {start.astimezone(zone).hour for start in planned.proposed(part=part).values()} for part in PartOfDay
    }
    assert hours == {PartOfDay.MORNING: {9}, PartOfDay.AFTERNOON: {12}, PartOfDay.EVENING: {16}}


@pytest.mark.parametrize(
    ("gap", "steps", "first", "last"),
    [
        (Gap(7, 10, "day"), 1, date(2026, 12, 21), date(2026, 12, 24)),
        (Gap(7, 10, "day"), 2, date(2026, 12, 11), date(2026, 12, 17)),
        (Gap(2, None, "week"), 1, None, date(2026, 12, 17)),
        (Gap(1, 2, "month"), 1, date(2026, 10, 31), date(2026, 11, 30)),
    ],
)
def test_days_that_lead_to_a_day(gap: Gap, steps: int, first: date | None, last: date) -> None:
    assert days_before(date(2026, 12, 31), steps, gap) == (first, last)


@pytest.mark.parametrize("unit", ["day", "week", "month"])
@pytest.mark.parametrize("most", [1, 2, None])
def test_days_that_lead_to_a_day_are_just_those_that_do(unit: str, most: int | None) -> None:
    gap = Gap(1, most, unit)
    for day in (date(2027, 2, 28), date(2027, 3, 30), date(2027, 12, 31)):
        first, last = days_before(day, 2, gap)
        leading = [
            each
            for each in (day - nth * DAY for nth in range(150))
            if any(
                gap.allows(each, other) and gap.allows(other, day) for other in (each + nth * DAY for nth in range(99))
            )
        ]
        if leading:
            assert (first, last) == (leading[-1] if most else None, leading[0])
        else:
            assert first
            assert first > last, "a month after 30 November is 30 December: nothing leads to the 31st"


def test_a_session_may_go_as_far_from_its_neighbours_as_the_plan_says(planned: Planned) -> None:
    zone = planned.diary.location.zone
    chain = {number: Session(planned.diary.at(day, 10), 1) for number, day in {1: 1, 2: 8, 3: 15, 5: 30}.items()}
    today = planned.now.astimezone(zone).date()
    assert days_for(1, chain, planned.course) == (None, None)
    assert days_for(3, chain, planned.course) == (today + 15 * DAY, today + 18 * DAY)
    assert days_for(3, chain, planned.course, until=5) == (today + 15 * DAY, today + 16 * DAY)
