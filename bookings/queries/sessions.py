"""The sessions of a course: which are booked, and which are still to be."""

from collections.abc import Iterable
from dataclasses import dataclass

from bookings import lifecycle
from bookings.enums import State
from bookings.models import Appointment, Course, Patient
from treatments.models import Treatment

BOOKED = lifecycle.LIVE - {State.HELD}


@dataclass(frozen=True)
class Progress:
    """A course with the appointment of each session, in order; None where none is booked."""

    course: Course
    sessions: list[tuple[int, Appointment | None]]

    @property
    def unbooked(self) -> list[int]:
        return [number for number, appointment in self.sessions if appointment is None]


def progress_of(courses: Iterable[Course]) -> list[Progress]:
    """How far each of the courses is: one query for all of them."""
    wanted = list(courses)
    booked = {
        (one.course_id, one.session_number): one
        for one in Appointment.objects.filter(course__in=wanted, state__in=sorted(BOOKED)).select_related("location")
    }
    return [
        Progress(course, [(number, booked.get((course.pk, number))) for number in range(1, course.sessions + 1)])
        for course in wanted
    ]


def unbooked(course: Course) -> list[int]:
    """The numbers of the sessions that nobody has asked for yet, or whose appointment was given up."""
    return progress_of([course])[0].unbooked


def courses_of(patient: Patient, treatment: Treatment) -> list[Course]:
    """The courses of a treatment that were planned with this patient, the latest first."""
    found = Course.objects.filter(consultation__patient=patient, treatment=treatment)
    return list(found.select_related("treatment", "type", "consultation__location"))
