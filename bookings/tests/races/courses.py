"""Patients whose courses want some of the same times."""

from datetime import UTC, datetime
from functools import partial

from bookings.actions.courses import book_course, hold_course
from bookings.models import Course
from bookings.tests.diary import Diary
from bookings.tests.planned import Planned
from bookings.tests.races.posts import Call, Deeds
from clinic.models import Clinic
from treatments.models import Treatment

MONDAY = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
# Each wants four sessions a week apart, at these hours: the third at the same time, perhaps others too.
HOURS = [(10, 10, 10, 10), (11, 10, 10, 11), (12, 12, 10, 12), (13, 13, 10, 13), (10, 14, 10, 14), (15, 10, 10, 15)]


def sets_that_overlap(diary: Diary) -> Deeds:
    """Each holds a whole course and books it."""
    # The plan has a diary of its own, with the same treatment in the same clinic.
    Clinic.objects.all().delete()
    Treatment.objects.update(slug="another-one")
    planned = Planned(now=MONDAY)
    deeds: Deeds = []
    for hours in HOURS:
        course = another(planned.course)
        starts = {nth: planned.diary.at(1 + 7 * (nth - 1), hour) for nth, hour in enumerate(hours, start=1)}
        deeds += [Call(f"course {course.pk}", partial(book, planned, course, starts))] * 2
    return deeds


def another(course: Course) -> Course:
    """The same plan once more."""
    course = Course.objects.get(pk=course.pk)
    course.pk = None
    course.save()
    return course


def book(planned: Planned, course: Course, starts: dict[int, datetime]) -> None:
    """Hold the set, and ask for it."""
    person, common = planned.diary.practitioner, {"language": "en", "now": planned.now}
    sessions = {number: (start, person) for number, start in starts.items()}
    held = hold_course(course=course, sessions=sessions, minutes=10, **common)
    book_course(course=course, seen=[one.reference for one in held], **common)
