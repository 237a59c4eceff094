"""The demonstration's clinic: made once, whole, and never over a clinic of one's own."""

import pytest

from clinic.demo import load_clinic
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
    assert all(place.opening_hours.exists() for place in Location.objects.all())


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
