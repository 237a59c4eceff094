"""What visitors may book for a treatment, and where."""

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from bookings.enums import Kind
from bookings.models import WorkingHours
from bookings.queries.offers import bookable_treatments, bookable_type, locations_for
from bookings.queries.wish import practitioners_for
from bookings.tests.diary import Diary
from bookings.tests.factories import AppointmentTypeFactory, SpecialHoursFactory, WorkingHoursFactory
from clinic.tests.factories import LocationFactory, PractitionerFactory
from treatments.models import Treatment
from treatments.tests.factories import TreatmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


def booked_for(treatment: Treatment) -> object:
    """The type for a treatment, as the page of one and the list of all of them must agree on it."""
    found = bookable_type(treatment)
    assert (treatment.pk in bookable_treatments([treatment])) is (found is not None)
    assert found is None or locations_for(found)
    return found


def test_a_treatment_that_needs_a_consultation_is_booked_as_one(diary: Diary) -> None:
    AppointmentTypeFactory(kind=Kind.SESSION, name_en="Session")
    assert booked_for(diary.treatment) == diary.type


def test_a_treatment_that_needs_none_is_booked_as_a_session(diary: Diary) -> None:
    treatment = TreatmentFactory(needs_consultation=False)
    assert booked_for(treatment) is None
    session = AppointmentTypeFactory(kind=Kind.SESSION, practitioners=diary.practitioners)
    assert booked_for(treatment) == session


def test_a_type_that_is_switched_off_is_not_booked(diary: Diary) -> None:
    diary.type.is_active = False
    diary.type.save()
    assert booked_for(diary.treatment) is None


def test_a_type_limited_to_some_treatments_is_booked_for_those(diary: Diary) -> None:
    other = TreatmentFactory()
    diary.type.treatments.set([other])
    assert booked_for(diary.treatment) is None
    assert booked_for(other) == diary.type


def test_of_several_types_the_first_in_the_clinics_order_is_booked(diary: Diary) -> None:
    earlier = AppointmentTypeFactory(order=0, practitioners=diary.practitioners)
    diary.type.order = 1
    diary.type.save()
    assert booked_for(diary.treatment) == earlier


def test_a_type_that_nobody_has_hours_for_is_passed_over(diary: Diary) -> None:
    AppointmentTypeFactory(order=0)
    AppointmentTypeFactory(order=0, practitioners=[PractitionerFactory()])
    elsewhere = AppointmentTypeFactory(order=0, practitioners=diary.practitioners)
    elsewhere.locations.set([LocationFactory(slug="empty")])
    diary.type.order = 1
    diary.type.save()
    assert booked_for(diary.treatment) == diary.type
    diary.practitioner.is_active = False
    diary.practitioner.save()
    assert booked_for(diary.treatment) is None


def test_the_list_takes_two_queries_for_any_number(
    diary: Diary, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    treatments = TreatmentFactory.create_batch(20)
    AppointmentTypeFactory.create_batch(5)
    with django_assert_num_queries(2):
        assert len(bookable_treatments([*treatments, diary.treatment])) == 21


def test_it_is_offered_where_someone_who_does_it_works(diary: Diary) -> None:
    LocationFactory(slug="empty")
    elsewhere = LocationFactory(slug="elsewhere")
    WorkingHoursFactory(practitioner=PractitionerFactory(), location=elsewhere)
    assert locations_for(diary.type) == [diary.location]


def test_locations_come_once_and_in_the_clinics_order(diary: Diary) -> None:
    first = LocationFactory(slug="first", order=0)
    diary.location.order = 5
    diary.location.save()
    for weekday in range(3):
        WorkingHoursFactory(practitioner=diary.practitioner, location=first, weekday=weekday)
    assert locations_for(diary.type) == [first, diary.location]


def test_it_is_not_offered_where_only_someone_who_left_worked(diary: Diary) -> None:
    diary.practitioner.is_active = False
    diary.practitioner.save()
    assert locations_for(diary.type) == []


def test_a_type_limited_to_a_location_is_offered_there_only(diary: Diary) -> None:
    other = LocationFactory(slug="other")
    WorkingHoursFactory(practitioner=diary.practitioner, location=other)
    diary.type.locations.set([other])
    assert locations_for(diary.type) == [other]
    # Whoever reads the diary asks the same.
    assert practitioners_for(diary.type, other) == [diary.practitioner]
    assert practitioners_for(diary.type, diary.location) == []


def test_whoever_works_on_single_days_only_can_be_booked(diary: Diary) -> None:
    WorkingHours.objects.all().delete()
    assert booked_for(diary.treatment) is None
    SpecialHoursFactory(practitioner=diary.practitioner, location=diary.location)
    assert booked_for(diary.treatment) == diary.type
    assert locations_for(diary.type) == [diary.location]
