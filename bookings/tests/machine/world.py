"""A small, crowded clinic: short days, few people, fewer rooms, so that nearly everything is in somebody's way."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import User

from bookings.actions.booking import Booking, Contact, Screened
from bookings.models import AppointmentType, Resource, ResourceKind, WorkingHours
from bookings.tests.factories import AppointmentTypeFactory
from clinic.models import Location, Practitioner
from clinic.tests.factories import ClinicFactory, LocationFactory, PractitionerFactory
from treatments.models import Edition, Treatment
from treatments.tests.pages import signed_treatment

# Over noon, so that a day has two parts.
OPENS, CLOSES = time(10, 30), time(13)
VISITORS = ["ada", "grace", "joan", "linda", "mary"]
OPEN_REQUESTS = 3
LATE = timedelta(hours=3)


@dataclass(frozen=True)
class World:
    """Who works here, where and at what. `types`: a short visit in any room, and a long one that needs the laser too.

    The third person does short visits only. The treatment asks one question; its long visits are confirmed at once.
    """

    now: datetime
    location: Location
    treatment: Treatment
    edition: Edition
    people: list[Practitioner]
    types: list[AppointmentType]
    # What each type needs one of: the keys of the rooms of each kind, and who does it.
    rooms: dict[AppointmentType, list[list[int]]]
    able: dict[AppointmentType, list[Practitioner]]
    staff: User

    def booking(self, visitor: str, *, answered: str, not_before: date | None = None) -> Booking:
        """Who this visitor is, with answers that are `fine`, need a `review`, ask to `wait`, or `none` at all."""
        contact = Contact(name=visitor.title(), email=f"{visitor}@example.com", phone=phone_of(visitor), language="en")
        if answered == "none":
            return Booking(contact)
        wait = not_before if answered == "wait" else None
        return Booking(contact, screened=Screened(self.edition, {}, answered == "review", wait, self.now))


def phone_of(visitor: str) -> str:
    return f"+4915112345{VISITORS.index(visitor):03}"


def new_world(now: datetime) -> World:
    ClinicFactory(open_requests_per_contact=OPEN_REQUESTS, late_hours=LATE // timedelta(hours=1))
    location = LocationFactory()
    treatment = signed_treatment(now=now)
    people = PractitionerFactory.create_batch(3)
    WorkingHours.objects.bulk_create(
        WorkingHours(practitioner=person, location=location, weekday=weekday, starts=OPENS, ends=CLOSES)
        for person in people
        for weekday in range(7)
    )
    window = {"least_notice_hours": 1, "furthest_days": 2}
    short = AppointmentTypeFactory(minutes=30, buffer_after=15, step=15, practitioners=people, **window)
    long = AppointmentTypeFactory(
        minutes=60, buffer_before=15, step=30, auto_confirm=True, practitioners=people[:2], **window
    )
    room, laser = (ResourceKind.objects.create(name=name) for name in ("room", "laser"))
    short.resource_kinds.set([room])
    long.resource_kinds.set([room, laser])
    one, two, beam = (
        Resource.objects.create(kind=kind, location=location, name=name).pk
        for kind, name in ((room, "1"), (room, "2"), (laser, "Laser"))
    )
    rooms = {short: [[one, two]], long: [[one, two], [beam]]}
    able = {short: people, long: people[:2]}
    return World(
        now,
        location,
        treatment,
        treatment.editions.get(),
        people,
        [short, long],
        rooms,
        able,
        User.objects.create_user("staff"),
    )
