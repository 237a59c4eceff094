"""The demonstration's clinic: made once, whole, and never over a clinic of one's own."""

from datetime import date

import pytest

from clinic.demo import load_clinic
from clinic.holidays import public_holidays
from clinic.models import Clinic, Location, Practitioner
from clinic.tests.factories import LocationFactory
from clinic.tests.refusals import form_errors

pytestmark = pytest.mark.django_db


def test_the_demonstration_is_a_clinic_that_a_form_would_accept() -> None:
    load_clinic()
    clinic = Clinic.objects.get()
    assert clinic.is_demo
    rows = [clinic, *Location.objects.all(), *Practitioner.objects.all()]
    assert len(rows) > 4
    assert {str(row): errors for row in rows if (errors := form_errors(row))} == {}
    assert all(place.opening_hours.exists() and place.weekend for place in Location.objects.all())
    assert all(person.speaks and person.gender for person in Practitioner.objects.all())


def test_the_region_of_a_location_is_one_whose_holidays_are_known() -> None:
    load_clinic()
    year = {"first": date(2027, 1, 1), "last": date(2027, 12, 31), "language": "en"}
    for place in Location.objects.exclude(region=""):
        of_country = public_holidays(place.country, "", **year)
        assert of_country != public_holidays(place.country, place.region, **year)


def test_loading_it_again_adds_nothing() -> None:
    load_clinic()
    Clinic.objects.update(name_en="Renamed")
    before = Location.objects.count(), Practitioner.objects.count()
    load_clinic()
    assert (Location.objects.count(), Practitioner.objects.count()) == before
    assert Clinic.objects.current().name == "Renamed"


def test_a_clinic_of_ones_own_is_left_alone() -> None:
    LocationFactory(slug="ours")
    load_clinic()
    assert [place.slug for place in Location.objects.all()] == ["ours"]
    assert not Practitioner.objects.exists()
