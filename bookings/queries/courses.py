"""Where a course of sessions stands, and what a new time or a cancellation does to its distances."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Prefetch, QuerySet

from bookings import lifecycle
from bookings.availability.courses import Gap, breaches
from bookings.enums import State
from bookings.models import Appointment, Course


@dataclass(frozen=True)
class CourseSession:
    """One session: its appointment, the last one if several were given up or missed, and its state as patients see it.

    Without a time, and where a hold has run out, the state is None.
    """

    number: int
    state: State | None
    appointment: Appointment | None

    @property
    def has_time(self) -> bool:
        return self.state in lifecycle.STANDING | {State.HELD}


@dataclass(frozen=True)
class Progress:
    """A course, its sessions in order, and by number what stands in its diary and what its patient holds.

    What is held may have run out: it can still be booked while nobody else has taken it.
    """

    course: Course
    sessions: list[CourseSession]
    booked: dict[int, Appointment]
    held: dict[int, Appointment]

    @property
    def missing(self) -> list[int]:
        """The numbers of the sessions that have no appointment, held or not."""
        return [session.number for session in self.sessions if session.number not in self.booked]

    @property
    def runs(self) -> list[list[int]]:
        """The missing ones without a gap: each run is booked as a whole or not at all."""
        runs: list[list[int]] = []
        for number in self.missing:
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return runs

    @property
    def completed(self) -> int:
        return sum(session.state == State.COMPLETED for session in self.sessions)

    @property
    def days(self) -> dict[int, date]:
        """The local day of each session that stands in the diary."""
        return {number: one.local_start.date() for number, one in self.booked.items()}

    def holds_whole_runs(self, numbers: Collection[int]) -> bool:
        """Whether these are missing sessions, and every run of them is there wholly or not at all."""
        wanted = [run for run in self.runs if set(run) & set(numbers)]
        return bool(numbers) and sorted(numbers) == sorted(number for run in wanted for number in run)


@dataclass(frozen=True)
class Distance:
    """Two neighbours by number, the later one so many days after the other, which the plan does not allow."""

    earlier: int
    later: int
    days: int


def key_of(course: Course) -> str:
    """Who holds a course's times: one key for the course, so that it has one set of holds in whatever browser."""
    return f"course {course.pk}"


def progress(course: Course, *, now: datetime) -> Progress:
    """How far a course is at `now`: one query."""
    return progress_from(course, with_all_shown(course.appointments.all()), now)


def with_all_shown(appointments: QuerySet[Appointment]) -> QuerySet[Appointment]:
    return appointments.select_related("practitioner", "location").order_by("pk")


def progress_from(course: Course, appointments: Iterable[Appointment], now: datetime) -> Progress:
    gone: dict[int, Appointment] = {}
    booked: dict[int, Appointment] = {}
    held: dict[int, Appointment] = {}
    for one in appointments:
        rows = booked if one.state in lifecycle.STANDING else held if one.state == State.HELD else gone
        rows[one.session_number or 0] = one
    found = []
    for number in range(1, course.sessions + 1):
        hold = held.get(number) if is_held(held.get(number), now) else None
        shown = booked.get(number) or hold or gone.get(number)
        found.append(CourseSession(number, shown.state_at(now) if shown else None, shown))
    return Progress(course, found, booked, held)


def is_held(hold: Appointment | None, now: datetime) -> bool:
    return bool(hold and hold.held_until and hold.held_until > now)


def courses_of(appointment: Appointment, *, now: datetime) -> list[Progress]:
    """How far the courses are that were planned at this consultation, or the one this session belongs to."""
    if appointment.course_id:
        wanted = Course.objects.filter(pk=appointment.course_id)
    else:
        wanted = Course.objects.filter(consultation=appointment).order_by("created_at", "pk")
    rows = Prefetch("appointments", with_all_shown(Appointment.objects.all()))
    found = wanted.select_related("treatment").prefetch_related(rows)
    return [progress_from(course, course.appointments.all(), now) for course in found]


def broken_by(changed: Collection[int], days: Mapping[int, date], gap: Gap) -> list[Distance]:
    """Where the sessions on these days, by number, break the gap on either side of one that was changed."""
    numbers = sorted(days)
    before = {later: earlier for earlier, later in pairwise(numbers)}
    in_order = [days.get(number) for number in range(1, max(numbers, default=0) + 1)]
    found = [Distance(before[one.number], one.number, one.days) for one in breaches(in_order, gap)]
    return [one for one in found if {one.earlier, one.later} & set(changed)]


def after_cancelling(appointment: Appointment, *, now: datetime) -> list[Distance]:
    """The distances that the sessions left of a course would break without this one; not those broken already."""
    course = appointment.course
    if course is None or appointment.state not in lifecycle.STANDING:
        return []
    days = progress(course, now=now).days
    left = {number: day for number, day in days.items() if number != appointment.session_number}
    broken = broken_by(days, days, course.gap)
    return [found for found in broken_by(left, left, course.gap) if found not in broken]
