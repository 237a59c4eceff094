"""Free times for the sessions of a course: what is proposed, and where a single one may go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bookings.availability.courses import Gap, Session, mend, propose
from bookings.enums import PartOfDay
from bookings.models import Appointment, Course
from bookings.queries.courses import Progress, broken_by, key_of
from bookings.queries.diary import read_diary
from bookings.queries.openings import part_of_day
from bookings.queries.wish import Wish, wish_for

# The owner of a time is the practitioner's key.
Chain = dict[int, Session[int]]
Free = dict[int, list[datetime]]
# What is near enough, where the part of the day that was asked for has not enough times.
MIDDLE = {PartOfDay.MORNING: time(10), PartOfDay.AFTERNOON: time(14, 30), PartOfDay.EVENING: time(18)}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Preference:
    """With whom (the practitioner's key) and at what time of day, where that is possible."""

    person: int | None = None
    part: PartOfDay | None = None


def wish_of_course(course: Course, first_day: date | None) -> Wish:
    """What the sessions of a course can be booked as: its type, where the consultation was, not before a local day."""
    place = course.consultation.location
    return wish_for(course.type, place, visitor=key_of(course), not_before=first_day)


def free_times(wish: Wish, *, now: datetime) -> Free:
    """Every time that can be booked, by practitioner, whoever is free soonest first: one reading of the diary."""
    first, last = wish.days(now)
    if last < first:
        return {}
    found = read_diary(wish, first=first, last=last, now=now).starts_by_person()
    return {key: found[key] for key in sorted((key for key in found if found[key]), key=lambda key: found[key][0])}


def proposals(
    stands: Progress, free: Free, preference: Preference, *, keep: Mapping[int, Appointment] | None = None
) -> dict[int, Chain | None]:
    """For each run of missing sessions, by its first number, times that keep the plan; None where there are none.

    `keep` are sessions whose times stay if they can, though they are not booked.
    """
    booked = chain_of(stands.booked)
    kept = booked | chain_of(keep or {})
    found: dict[int, Chain | None] = {}
    for run in stands.runs:
        chain = fill(run, kept, stands.course, free, preference)
        if keep and (chain is None or breaks_plan(chain, booked, stands.course)):
            chain = fill(run, booked, stands.course, free, preference)
        found[run[0]] = chain
    return found


def breaks_plan(chain: Chain, booked: Chain, course: Course) -> bool:
    """Whether these sessions break the plan among themselves or with those that are booked."""
    zone = course.consultation.location.zone
    days = {number: one.wall(zone).date() for number, one in (booked | chain).items()}
    return bool(broken_by(chain, days, course.gap))


def fill(run: Sequence[int], fixed: Chain, course: Course, free: Free, preference: Preference) -> Chain | None:
    """Times for the sessions of a run that are not fixed, with those that are."""
    chain: Chain = {number: fixed[number] for number in run if number in fixed}
    open_: list[int] = []
    for number in [*run, run[-1] + 1]:
        if number in run and number not in fixed:
            open_.append(number)
        elif open_:
            before, after = fixed.get(open_[0] - 1), fixed.get(number)
            part = proposed(len(open_), course, free, preference, before=before, after=after)
            if part is None:
                return None
            chain |= dict(zip(open_, part, strict=True))
            open_ = []
    return dict(sorted(chain.items()))


def proposed(
    sessions: int,
    course: Course,
    free: Free,
    preference: Preference,
    *,
    before: Session[int] | None,
    after: Session[int] | None,
) -> list[Session[int]] | None:
    zone = course.consultation.location.zone
    preferred = [preference.person] if preference.person else []
    part = preference.part
    only = {
        key: [start for start in starts if part_of_day(start.astimezone(zone)) == part] for key, starts in free.items()
    }
    for times, near in ([(only, None)] if part else []) + [(free, MIDDLE[part] if part else None)]:
        found = propose(
            times,
            sessions=sessions,
            gap=course.gap,
            zone=zone,
            preferred=preferred,
            before=before,
            after=after,
            near=near,
        )
        if found:
            return found
    return None


def chain_of(appointments: Mapping[int, Appointment]) -> Chain:
    return {number: Session(one.starts_at, one.practitioner_id) for number, one in appointments.items()}


def mended(chain: Chain, number: int, new: Session[int], free: Free, course: Course) -> Chain | None:
    """The chain after a session got a new time: as few later ones as possible get one too. None if that cannot be."""
    numbers = sorted(chain)
    moved = numbers.index(number)
    fixed = [new if each == number else chain[each] for each in numbers]
    found = mend(fixed, moved, free, gap=course.gap, zone=course.consultation.location.zone)
    return {each: one for each, one in zip(numbers, found, strict=True) if one} if found else None


def days_for(number: int, chain: Chain, course: Course, *, until: int | None = None) -> tuple[date | None, date | None]:
    """The local days on which a session keeps its distance from the one before; None is open.

    With `until` it also leaves enough days for the sessions up to that one, which has a time that stays.
    """
    zone, gap = course.consultation.location.zone, course.gap
    before = max((each for each in chain if each < number), default=None)
    first, last = (None, None) if before is None else gap.window(chain[before].wall(zone).date())
    if until is None:
        return first, last
    low, high = days_before(chain[until].wall(zone).date(), until - number, gap)
    return max(filter(None, [first, low]), default=None), min(filter(None, [last, high]), default=None)


def days_before(day: date, steps: int, gap: Gap) -> tuple[date | None, date]:
    """The days from which `steps` gaps lead to `day`: the first one, None if the gap is open, and the last one."""
    #   first ├──── gap ────┤├──── gap ────┤ day      as far apart as can be
    #                 last ├─ gap ─┤├─ gap ─┤ day     as close as can be
    first: date | None = day
    last = day
    longest = (gap.most or gap.least) * {"day": 1, "week": 7, "month": 31}[gap.unit]
    for _ in range(steps):
        # Months have no inverse: 28 February follows four days of January by a month.
        if first:
            earlier = [first - days * DAY for days in range(longest + 1)]
            reaching = [each for each in earlier if (end := gap.window(each)[1]) and first <= end]
            first = reaching[-1] if reaching else None
        last = next(each for each in (last - days * DAY for days in range(longest + 1)) if gap.window(each)[0] <= last)
    return first, last
