"""Rows of the diary for tests."""

from datetime import UTC, date, datetime, time
from typing import Any

import factory
from factory.django import DjangoModelFactory

from bookings.enums import ConsentKind, Kind
from bookings.models import (
    AppointmentType,
    Closure,
    ConsentText,
    Resource,
    ResourceKind,
    SpecialHours,
    TimeOff,
    WorkingHours,
)
from clinic.tests.factories import LocationFactory, PractitionerFactory


class AppointmentTypeFactory(DjangoModelFactory):
    class Meta:
        model = AppointmentType
        skip_postgeneration_save = True

    name_en = "Consultation"
    kind = Kind.CONSULTATION
    minutes = 30
    step = 30
    least_notice_hours = 2
    furthest_days = 60

    @factory.post_generation
    def practitioners(self, create: bool, extracted: Any) -> None:
        if create and extracted:
            self.practitioners.set(extracted)


class WorkingHoursFactory(DjangoModelFactory):
    class Meta:
        model = WorkingHours

    practitioner = factory.SubFactory(PractitionerFactory)
    location = factory.SubFactory(LocationFactory)
    weekday = 0
    starts = time(9)
    ends = time(17)


class SpecialHoursFactory(DjangoModelFactory):
    class Meta:
        model = SpecialHours

    practitioner = factory.SubFactory(PractitionerFactory)
    location = factory.SubFactory(LocationFactory)
    day = date(2026, 12, 8)
    starts = time(9)
    ends = time(17)


class TimeOffFactory(DjangoModelFactory):
    class Meta:
        model = TimeOff

    practitioner = factory.SubFactory(PractitionerFactory)
    location = factory.SubFactory(LocationFactory)


class ClosureFactory(DjangoModelFactory):
    class Meta:
        model = Closure

    location = factory.SubFactory(LocationFactory)
    first_day = date(2026, 12, 8)
    last_day = factory.SelfAttribute("first_day")
    name = "Team day"


class ResourceKindFactory(DjangoModelFactory):
    class Meta:
        model = ResourceKind
        django_get_or_create = ("name",)

    name = "Treatment room"


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = Resource

    kind = factory.SubFactory(ResourceKindFactory)
    location = factory.SubFactory(LocationFactory)
    name = factory.Sequence(lambda number: f"Room {number}")


class ConsentTextFactory(DjangoModelFactory):
    class Meta:
        model = ConsentText

    kind = ConsentKind.DATA
    language = "en"
    text = factory.LazyAttribute(lambda text: f"The text about {text.kind}.\n\nIts second paragraph.")
    created_at = datetime(2026, 11, 1, tzinfo=UTC)
