"""What moving one session of a course would do to the others."""

from dataclasses import dataclass
from datetime import datetime

from bookings import lifecycle
from bookings.availability.courses import Session
from bookings.enums import Rule
from bookings.models import Appointment, Course
from bookings.queries.course_times import Chain, chain_of, days_for, free_times, mended
from bookings.queries.courses import Distance, Progress, broken_by, progress
from bookings.queries.obstacles import ANSWERED_LATER, first_day_of_sessions, latest_screening, obstacles
from bookings.queries.openings import narrowed
from bookings.queries.wish import Wish, wish_for
from clinic.models import Clinic, Practitioner


@dataclass(frozen=True)
class Moving:
    """A session that its patient would like to move, its course as it stands, and what it can be moved to."""

    appointment: Appointment
    course: Course
    number: int
    stands: Progress
    wish: Wish
    now: datetime

    @property
    def before(self) -> Appointment | None:
        """The session before it in the diary."""
        earlier = [number for number in self.stands.booked if number < self.number]
        return self.stands.booked[max(earlier)] if earlier else None


@dataclass(frozen=True)
class NewTime:
    """From where to where a session of the course would move, and with whom it would then be."""

    number: int
    appointment: Appointment
    start: datetime
    practitioner: Practitioner


@dataclass(frozen=True)
class Effect:
    """The distances that a new time breaks, and all that then gets a new time; nothing where there is no way out."""

    broken: list[Distance]
    moves: list[NewTime]


def moving_of(appointment: Appointment, course: Course, clinic: Clinic, *, now: datetime) -> Moving:
    """What a session can be moved to: far enough from the one before it, and on no day that a rule forbids.

    The times of the later sessions do not stand in its way: they move along.
    """
    number, stands = appointment.session_number or 1, progress(course, now=now)
    low, high = days_for(number, chain_of(stands.booked), course)
    answered = latest_screening(appointment)
    days = [low, first_day_of_sessions(course, clinic), answered.not_before if answered else None]
    keys = [one.pk for one in movable(stands, number, now)]
    wish = wish_for(appointment.type, appointment.location, moving=frozenset([appointment.pk, *keys]))
    wish = narrowed(wish, not_before=max((day for day in days if day), default=None), not_after=high)
    return Moving(appointment, course, number, stands, wish, now)


def movable(stands: Progress, number: int, now: datetime) -> list[Appointment]:
    """The sessions after one that can still move along with it."""
    later = [one for each, one in stands.booked.items() if each > number]
    return [one for one in later if one.state in lifecycle.BOOKED and one.starts_at > now]


def rules_against(moving: Moving, start: datetime) -> list[Rule]:
    """The rules that forbid the session a start."""
    found = obstacles(moving.appointment, now=moving.now, start=start)
    return [rule for rule in found if rule not in ANSWERED_LATER]


def effect_of(moving: Moving, start: datetime, practitioner: Practitioner) -> Effect:
    """What it does to the course if the session moves to `start` with this practitioner."""
    chain, number, course = chain_of(moving.stands.booked), moving.number, moving.course
    new = Session(start, practitioner.pk)
    found: Chain | None = chain | {number: new}
    day = start.astimezone(course.consultation.location.zone).date()
    broken = broken_by({number}, moving.stands.days | {number: day}, course.gap)
    if broken:
        # Every day that can be booked, not only those near the session itself.
        free = free_times(narrowed(moving.wish, not_before=None, not_after=None), now=moving.now)
        found = mended(chain, number, new, free, course)
    if found is None:
        return Effect(broken, [])
    changed = {each for each in found if found[each] != chain[each]} - {number}
    if not changed <= {one.session_number for one in movable(moving.stands, number, moving.now)}:
        return Effect(broken, [])
    people = {person.pk: person for person in [*moving.wish.people, practitioner]}
    moves = [
        NewTime(each, moving.stands.booked[each], found[each].start, people[found[each].owner])
        for each in sorted({number, *changed})
    ]
    return Effect(broken, moves)
