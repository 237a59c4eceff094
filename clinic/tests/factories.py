"""Clinics, places and people for tests."""

import factory
from factory.django import DjangoModelFactory

from clinic.models import Clinic, Location, OpeningHours, Practitioner


class ClinicFactory(DjangoModelFactory):
    class Meta:
        model = Clinic

    name_en = "Test Clinic"
    is_demo = False


class LocationFactory(DjangoModelFactory):
    class Meta:
        model = Location
        django_get_or_create = ("slug",)

    slug = "berlin"
    name_en = factory.LazyAttribute(lambda place: place.slug.title())
    street_en = "Teststr. 1"
    postcode = "10115"
    city_en = "Berlin"
    country = "DE"
    time_zone = "Europe/Berlin"
    phone = "+493023125001"
    emergency_number = "112"


class OpeningHoursFactory(DjangoModelFactory):
    class Meta:
        model = OpeningHours

    location = factory.SubFactory(LocationFactory)
    weekday = 0
    opens = "09:00"
    closes = "18:00"


class PractitionerFactory(DjangoModelFactory):
    class Meta:
        model = Practitioner

    slug = factory.Sequence(lambda number: f"person-{number}")
    name_en = factory.Sequence(lambda number: f"Dr. Person {number}")
    role_en = "Doctor"
