"""A clinic with a diary for tests, and whoever books in it."""

from datetime import datetime, time, timedelta
from typing import Any

from bookings.actions.book import request_appointment
from bookings.actions.booking import Booking, Contact
from bookings.actions.hold import hold
from bookings.enums import ConsentKind
from bookings.models import (
    Appointment,
    AppointmentType,
    Resource,
    ResourceKind,
    WorkingHours,
)
from bookings.queries.wish import Wish, wish_for
from bookings.tests.factories import AppointmentTypeFactory, ConsentTextFactory, WorkingHoursFactory
from clinic.models import Location, Practitioner
from clinic.tests.factories import ClinicFactory, LocationFactory, PractitionerFactory
from treatments.models import Treatment
from treatments.tests.factories import TreatmentFactory
from treatments.tests.pages import signed_treatment

CONTACT = Contact(name="Ada Example", email="ada@example.com", phone="+4915112345678", language="en")
BOOKING = Booking(CONTACT)


class Diary:
    """One practitioner who works 09:00 to 17:00 on every weekday in one place, and a type to book with them.

    Visitors can book the treatment only if it is `signed`, with the texts to agree to; the diary itself does not
    care, and is made faster without.
    """

    def __init__(
        self,
        *,
        now: datetime,
        people: int = 1,
        slug: str = "facial-rejuvenation",
        signed: bool = True,
        **type_values: Any,
    ) -> None:
        # As many as any test asks for with one contact; the limit has tests of its own.
        ClinicFactory(open_requests_per_contact=20)
        self.now = now
        self.location: Location = LocationFactory()
        self.treatment: Treatment = (
            signed_treatment(now=now - timedelta(days=1), slug=slug) if signed else TreatmentFactory(slug=slug)
        )
        if signed:
            for kind in ConsentKind:
                ConsentTextFactory(kind=kind)
        self.practitioners: list[Practitioner] = PractitionerFactory.create_batch(people)
        WorkingHours.objects.bulk_create(
            WorkingHoursFactory.build(practitioner=person, location=self.location, weekday=weekday)
            for person in self.practitioners
            for weekday in range(5)
        )
        self.type: AppointmentType = AppointmentTypeFactory(practitioners=self.practitioners, **type_values)

    @property
    def practitioner(self) -> Practitioner:
        return self.practitioners[0]

    def add_rooms(self, count: int, *, kind: str = "treatment room") -> list[Resource]:
        """That many rooms of one kind, of which the type needs one."""
        wanted, _made = ResourceKind.objects.get_or_create(name=kind)
        self.type.resource_kinds.add(wanted)
        return [
            Resource.objects.create(kind=wanted, location=self.location, name=f"{kind} {number}")
            for number in range(1, count + 1)
        ]

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """The local time `days` after today at the location, aware."""
        day = self.now.astimezone(self.location.zone).date() + timedelta(days=days)
        return datetime.combine(day, time(hour, minute), tzinfo=self.location.zone)

    def wish(
        self, *, practitioner: Practitioner | None = None, location: Location | None = None, **narrowed: Any
    ) -> Wish:
        """What can be booked here with anyone, or with one practitioner."""
        people = [practitioner] if practitioner else None
        return wish_for(self.type, location or self.location, people=people, **narrowed)

    def hold(
        self,
        start: datetime,
        *,
        visitor: str = "visitor",
        practitioner: Practitioner | None = None,
        minutes: int = 10,
        now: datetime | None = None,
        **narrowed: Any,
    ) -> Appointment:
        return hold(
            wish=self.wish(practitioner=practitioner, visitor=visitor, **narrowed),
            treatment=self.treatment,
            start=start,
            minutes=minutes,
            now=now or self.now,
        )

    def request(
        self, start: datetime, *, visitor: str = "visitor", booking: Booking = BOOKING, **values: Any
    ) -> Appointment:
        held = self.hold(start, visitor=visitor, **values)
        return request_appointment(reference=held.reference, visitor=visitor, booking=booking, now=self.now)
