"""Hours, time off, appointment types and claims."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from bookings.availability.intervals import Interval
from bookings.enums import Kind
from bookings.models import AppointmentType, Claim, TimeOff, WorkingHours
from bookings.tests.diary import Diary
from bookings.tests.factories import AppointmentTypeFactory, TimeOffFactory, WorkingHoursFactory

pytestmark = pytest.mark.django_db


@contextmanager
def refused_by(name: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        yield


@pytest.mark.parametrize("model", list(apps.get_app_config("bookings").get_models()), ids=lambda model: model.__name__)
def test_every_model_says_which_of_its_fields_are_personal(model: Any) -> None:
    assert set(model.personal_fields) <= {field.name for field in model._meta.fields}


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"starts": time(9), "ends": time(9)}, "working_hours_end_after_start"),
        ({"starts": time(17), "ends": time(9)}, "working_hours_end_after_start"),
        ({"valid_from": date(2026, 12, 8), "valid_to": date(2026, 12, 7)}, "working_hours_valid_from_to"),
        ({"weekday": 7}, "working_hours_on_a_day"),
    ],
)
def test_hours_that_make_no_sense_are_refused(values: dict[str, Any], constraint: str) -> None:
    with refused_by(constraint):
        WorkingHoursFactory(**values)
    assert not WorkingHours.objects.exists()


def test_hours_may_be_valid_for_one_day_and_without_end() -> None:
    day = date(2026, 12, 7)
    for validity in ({"valid_from": day, "valid_to": day}, {"valid_from": day}, {"valid_to": day}, {}):
        WorkingHoursFactory(**validity)
    assert WorkingHours.objects.count() == 4


def test_a_form_says_what_is_wrong_with_hours_in_words() -> None:
    hours = WorkingHoursFactory()
    hours.ends = time(8)
    with pytest.raises(ValidationError, match="The end must be later than the start"):
        hours.full_clean()


def test_time_off_ends_after_it_starts(now: datetime) -> None:
    with refused_by("time_off_ends_after_start"):
        TimeOffFactory(starts_at=now, ends_at=now)
    assert not TimeOff.objects.exists()


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "party"}, "appointment_type_kind_is_known"),
        ({"minutes": 0}, "appointment_type_lengths"),
        ({"minutes": 481}, "appointment_type_lengths"),
        ({"step": 0}, "appointment_type_lengths"),
        ({"step": 241}, "appointment_type_lengths"),
        ({"buffer_before": 121}, "appointment_type_lengths"),
        ({"buffer_after": 121}, "appointment_type_lengths"),
        ({"furthest_days": 0}, "appointment_type_window"),
        ({"furthest_days": 731}, "appointment_type_window"),
        ({"least_notice_hours": 2161}, "appointment_type_window"),
    ],
)
def test_appointment_types_that_make_no_sense_are_refused(values: dict[str, Any], constraint: str) -> None:
    with refused_by(constraint):
        AppointmentTypeFactory(**values)


def test_the_longest_type_with_its_buffers_can_be_claimed(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=480, buffer_before=120, buffer_after=120)
    WorkingHours.objects.update(starts=time(0), ends=time(23, 59))
    held = diary.hold(diary.at(1, 10))
    claim = held.claims.get()
    assert claim.ends_at - claim.starts_at == timedelta(hours=12)


def test_a_visit_is_as_long_as_its_type() -> None:
    visit = AppointmentTypeFactory(minutes=45, buffer_before=5, buffer_after=15, step=20).visit
    minutes = [length.total_seconds() / 60 for length in (visit.duration, visit.before, visit.after, visit.step)]
    assert minutes == [45, 5, 15, 20]


def test_types_for_a_treatment_come_once_each(now: datetime) -> None:
    diary = Diary(now=now, signed=False)
    session = AppointmentTypeFactory(kind=Kind.SESSION)
    limited = AppointmentTypeFactory(order=1)
    limited.treatments.set([diary.treatment])
    assert list(AppointmentType.objects.bookable_for(diary.treatment)) == [diary.type, limited]
    diary.treatment.needs_consultation = False
    assert list(AppointmentType.objects.bookable_for(diary.treatment)) == [session]


def test_claims_block_to_the_minute_and_on_their_own_practitioner_only(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2)
    first, second = diary.practitioners
    diary.hold(diary.at(1, 10), practitioner=first)
    claim = Claim.objects.get()
    half_hour, instant = timedelta(minutes=30), timedelta(microseconds=1)

    def blocking(start: datetime, end: datetime, person: Any = first, at: datetime = now) -> bool:
        return Claim.objects.touching(Interval(start, end)).live(at=at).filter(practitioner=person).exists()

    assert blocking(claim.starts_at, claim.ends_at)
    assert blocking(claim.ends_at - instant, claim.ends_at + half_hour)
    assert blocking(claim.starts_at - half_hour, claim.starts_at + instant)
    assert not blocking(claim.ends_at, claim.ends_at + half_hour)
    assert not blocking(claim.starts_at - half_hour, claim.starts_at)
    assert not blocking(claim.starts_at, claim.ends_at, person=second)
    assert not blocking(claim.starts_at, claim.ends_at, at=now + timedelta(minutes=10))
