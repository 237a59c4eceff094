"""One visitor has two windows open."""

from functools import partial

from bookings.actions.hold import hold
from bookings.models import Appointment
from bookings.queries.wish import wish_for
from bookings.tests.diary import Diary
from bookings.tests.factories import AppointmentTypeFactory, WorkingHoursFactory
from bookings.tests.races.posts import Call, Deeds, halfway_at, morning
from clinic.tests.factories import PractitionerFactory


def two_types(diary: Diary) -> Deeds:
    """In each a time of another type, with another practitioner: neither takes what the other locks."""
    start = morning(diary)
    other = PractitionerFactory()
    WorkingHoursFactory(practitioner=other, location=diary.location, weekday=start.weekday())
    types = diary.type, AppointmentTypeFactory(practitioners=[other], furthest_days=7)
    halfway_at(Appointment)
    holds = [
        partial(
            hold,
            wish=wish_for(type, diary.location, visitor="visitor"),
            treatment=diary.treatment,
            start=start,
            minutes=10,
            now=diary.now,
        )
        for type in types
    ]
    return [Call("first window", holds[0]), Call("second window", holds[1], waits=True)]
