"""The demonstration's course: a consultation that is over, and what was planned at it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bookings.actions.book import request_appointment
from bookings.actions.booking import Agreed, Booking, Contact, Screened
from bookings.actions.change import change_state
from bookings.actions.hold import hold
from bookings.actions.plan import plan_course
from bookings.enums import Actor, ConsentKind, State
from bookings.models import Appointment, AppointmentType, ConsentText, Course
from bookings.queries.diary import read_diary
from bookings.queries.wish import wish_for
from clinic.models import Location, Practitioner
from treatments.models import Treatment

PLACE, CLINICIAN = "berlin", "leyla-farrokh"
PATIENT = Contact(
    "Mina Adler", "patient6@nilufar.example", "+491713920006", language="en", birth_date=date(1982, 5, 23)
)


def plan_a_course(treatment: Treatment, *, now: datetime, answers: Callable[[datetime], Screened]) -> Course:
    """The first phase of a treatment, planned yesterday and not booked yet; `answers` are those given at a time."""
    phase = treatment.sessionphase_set.all()[0]
    return plan_course(
        consultation=completed_consultation(treatment, now=now, answers=answers),
        treatment=treatment,
        type=AppointmentType.objects.sessions_for(treatment).get(),
        phase=phase.name,
        sessions=phase.sessions_from or 4,
        gap_from=phase.gap_from or 7,
        gap_to=phase.gap_to,
        gap_unit=phase.gap_unit,
        by=None,
        now=now - timedelta(days=1),
    )


def completed_consultation(
    treatment: Treatment, *, now: datetime, answers: Callable[[datetime], Screened]
) -> Appointment:
    """Asked for three weeks ago, and over by now."""
    asked_at, today = now - timedelta(days=21), now.date()
    wish = wish_for(
        AppointmentType.objects.bookable_for(treatment).get(),
        Location.objects.get(slug=PLACE),
        people=[Practitioner.objects.get(slug=CLINICIAN)],
        visitor="demonstration-course",
    )
    days = {"first": today - timedelta(days=14), "last": today - timedelta(days=2)}
    start = read_diary(wish, **days, now=asked_at).starts()[-1]
    held = hold(wish=wish, treatment=treatment, start=start, minutes=10, now=asked_at)
    texts = ConsentText.objects.current("en")
    agreed = [Agreed(texts[kind], asked_at) for kind in (ConsentKind.DATA, ConsentKind.TERMS)]
    booking = Booking(PATIENT, screened=answers(asked_at), agreed=agreed)
    asked = request_appointment(reference=held.reference, visitor=held.visitor, booking=booking, now=asked_at)
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=asked_at + timedelta(hours=2))
    return change_state(appointment=asked, to=State.COMPLETED, actor=Actor.STAFF, now=asked.ends_at)
