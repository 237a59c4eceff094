"""The database refuses wrong hours, absences and rooms, and a form says so before, at the field."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.utils.translation import override

from bookings.models import Closure, Resource, ResourceKind, SpecialHours, TimeOff, WorkingHours
from bookings.tests.factories import (
    ClosureFactory,
    ResourceFactory,
    ResourceKindFactory,
    SpecialHoursFactory,
    TimeOffFactory,
    WorkingHoursFactory,
)
from clinic.tests.factories import LocationFactory, PractitionerFactory
from clinic.tests.refusals import constraints, form_errors, refused_by_database, says_plainly

pytestmark = pytest.mark.django_db

CONSTRAINTS = constraints([Closure, Resource, ResourceKind, SpecialHours, TimeOff, WorkingHours])
DAY = date(2026, 12, 8)
NINE = datetime(2026, 12, 8, 9, tzinfo=UTC)


def hours(**values: Any) -> models.Model:
    return WorkingHoursFactory.build(practitioner=PractitionerFactory(), location=LocationFactory(), **values)


def with_break(starts: time | None, ends: time | None) -> models.Model:
    return hours(break_starts=starts, break_ends=ends)


def single_day(**values: Any) -> models.Model:
    return SpecialHoursFactory.build(practitioner=PractitionerFactory(), location=LocationFactory(), **values)


def away(**values: Any) -> models.Model:
    stretch = {"starts_at": NINE, "ends_at": NINE + timedelta(hours=3)}
    owner = {"practitioner": None if "resource" in values else PractitionerFactory()}
    return TimeOffFactory.build(**{"location": LocationFactory(), **stretch, **owner, **values})


def closed(**values: Any) -> models.Model:
    return ClosureFactory.build(location=LocationFactory(), **values)


def the_same_name_twice() -> models.Model:
    first = ResourceFactory(name="Room 1")
    return ResourceFactory.build(kind=ResourceKindFactory(name="Laser"), location=first.location, name="Room 1")


# The wrong row, and the field at which a form says it.
CASES: dict[str, list[tuple[Callable[[], models.Model], str]]] = {
    "working_hours_end_after_start": [
        (lambda: hours(starts=time(9), ends=time(9)), "ends"),
        (lambda: hours(starts=time(17), ends=time(9)), "ends"),
    ],
    "working_hours_valid_from_to": [(lambda: hours(valid_from=DAY, valid_to=DAY - timedelta(days=1)), "valid_to")],
    "working_hours_on_a_day": [(lambda: hours(weekday=7), "weekday")],
    "working_hours_break_inside": [
        (lambda: with_break(time(12), None), "break_ends"),
        (lambda: with_break(None, time(13)), "break_starts"),
        (lambda: with_break(time(13), time(13)), "break_ends"),
        (lambda: with_break(time(13), time(12)), "break_ends"),
        (lambda: with_break(time(8, 59), time(10)), "break_starts"),
        (lambda: with_break(time(16), time(17, 1)), "break_ends"),
    ],
    "working_hours_every_counts_from_a_day": [
        *((lambda every=every: hours(every=every), "valid_from") for every in (2, 3, 4)),
        (lambda: hours(every=5, valid_from=DAY), "every"),
        (lambda: hours(every=0), "every"),
    ],
    "special_hours_end_after_start": [
        (lambda: single_day(starts=time(9), ends=time(9)), "ends"),
        (lambda: single_day(starts=time(17), ends=time(9)), "ends"),
    ],
    "time_off_ends_after_start": [
        (lambda: away(ends_at=NINE), "ends_at"),
        (lambda: away(ends_at=NINE - timedelta(hours=1)), "ends_at"),
    ],
    "time_off_has_one_owner": [
        (lambda: away(practitioner=None), "practitioner"),
        (lambda: away(practitioner=PractitionerFactory(), resource=ResourceFactory()), "resource"),
    ],
    "closure_last_day_not_before_first": [(lambda: closed(last_day=DAY - timedelta(days=1)), "last_day")],
    "closure_times_in_order": [
        (lambda: closed(starts=time(9)), "ends"),
        (lambda: closed(ends=time(9)), "starts"),
        (lambda: closed(starts=time(9), ends=time(9)), "ends"),
        (lambda: closed(starts=time(9), ends=time(8)), "ends"),
    ],
    "resource_name_once_a_location": [(the_same_name_twice, NON_FIELD_ERRORS)],
}
ROWS = [pytest.param(name, *case, id=name) for name, cases in CASES.items() for case in cases]


def test_every_constraint_has_a_case() -> None:
    assert set(CASES) == set(CONSTRAINTS)


@pytest.mark.parametrize(("name", "row", "_field"), ROWS)
def test_the_database_refuses(name: str, row: Callable[[], models.Model], _field: str) -> None:
    refused_by_database(row(), CONSTRAINTS[name])


@pytest.mark.parametrize(("_name", "row", "field"), ROWS)
def test_a_form_says_it_at_the_field(_name: str, row: Callable[[], models.Model], field: str) -> None:
    with override("en"):
        found = form_errors(row())
    assert set(found) == {field}
    assert says_plainly(found[field])


@pytest.mark.parametrize(
    "row",
    [
        lambda: hours(),
        lambda: with_break(time(9), time(17)),
        lambda: with_break(time(12), time(12, 1)),
        lambda: hours(every=4, valid_from=DAY, valid_to=DAY),
        lambda: hours(valid_to=DAY),
        lambda: single_day(starts=time(0), ends=time(23, 59)),
        lambda: away(),
        lambda: away(resource=ResourceFactory()),
        lambda: closed(),
        lambda: closed(starts=time(0), ends=time(0, 1), last_day=DAY + timedelta(days=366)),
        lambda: ResourceFactory.build(kind=ResourceKindFactory(), location=LocationFactory()),
    ],
)
def test_a_right_row_passes(row: Callable[[], models.Model]) -> None:
    right = row()
    assert form_errors(right) == {}
    right.save()


def test_a_room_of_the_same_name_may_stand_in_another_town() -> None:
    ResourceFactory(name="Room 1")
    other = ResourceFactory.build(kind=ResourceKindFactory(), location=LocationFactory(slug="dubai"), name="Room 1")
    assert form_errors(other) == {}
    other.save()


def test_a_closure_of_more_than_a_year_is_a_slip_of_the_pen() -> None:
    assert set(form_errors(closed(last_day=DAY + timedelta(days=367)))) == {"last_day"}


def test_every_wrong_field_is_named_at_once() -> None:
    row = hours(starts=time(12), ends=time(9), every=2, break_ends=time(10))
    assert set(form_errors(row)) == {"ends", "valid_from", "break_starts"}
