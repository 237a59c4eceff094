"""The diary between two days, read in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from bookings.availability.hours import days_worked, local_day
from bookings.availability.intervals import Interval, subtract
from bookings.availability.slots import start_windows, starts_in
from bookings.availability.windows import Window, covers, intersect_windows, merge_windows
from bookings.queries import times
from bookings.queries.times import Times
from bookings.queries.wish import Wish, bounds
from clinic.models import Practitioner

Offers = dict[datetime, list[Practitioner]]


@dataclass(frozen=True)
class Diary:
    """What is known of the time of a wish's people and rooms between two local days, both included.

    `worked` (without time off) and `taken` (with it) are by practitioner, `rooms` by kind and room: when it is taken.
    """

    wish: Wish
    first: date
    last: date
    now: datetime
    worked: Times
    taken: Times
    booked: Times
    rooms: dict[int, Times]

    @cached_property
    def room_windows(self) -> list[Window] | None:
        """When one room of each kind is free; None where the type needs none."""
        found: list[Window] | None = None
        for rooms in self.rooms.values():
            free = merge_windows(window for taken in rooms.values() for window in self.windows([self.span], taken))
            found = free if found is None else intersect_windows(found, free)
        return found

    @property
    def span(self) -> Interval:
        return span_of(self.wish, self.first, self.last)

    def windows(self, open_: Iterable[Interval], taken: Iterable[Interval]) -> list[Window]:
        earliest, latest = bounds(self.wish, self.now)
        return start_windows(subtract(open_, taken), self.wish.type.visit, earliest=earliest, latest=latest)

    @cached_property
    def by_person(self) -> dict[int, list[Window]]:
        """When a visit with each practitioner may start, a room included."""
        found = {}
        for person in self.wish.people:
            free = self.windows(self.worked[person.pk], self.taken[person.pk])
            found[person.pk] = free if self.room_windows is None else intersect_windows(free, self.room_windows)
        return found

    def starts(self) -> list[datetime]:
        """Every start that may be booked with anyone: UTC, sorted, each once."""
        return self.cut(merge_windows(window for windows in self.by_person.values() for window in windows))

    def starts_by_person(self) -> dict[int, list[datetime]]:
        """Every start that may be booked, by the practitioner's key, in the order of the wish."""
        return {key: self.cut(windows) for key, windows in self.by_person.items()}

    def cut(self, windows: list[Window]) -> list[datetime]:
        return starts_in(windows, step=self.wish.type.visit.step, zone=self.wish.location.zone)

    def offers(self) -> Offers:
        """Every start that may be booked, with who is free, the least booked that day first."""
        return {start: self.free_at(start) for start in self.starts()}

    def free_at(self, start: datetime) -> list[Practitioner]:
        """Who is free for a start, the least booked on its local day first."""
        loads = self.loads[start.astimezone(self.wish.location.zone).date()]
        free = [person for person in self.wish.people if covers(self.by_person[person.pk], start)]
        return sorted(free, key=lambda person: loads[person.pk])

    @cached_property
    def loads(self) -> dict[date, Counter[int]]:
        """How many appointments each practitioner has on each local day."""
        zone = self.wish.location.zone
        found: dict[date, Counter[int]] = defaultdict(Counter)
        for key, intervals in self.booked.items():
            for interval in intervals:
                # By where it starts: no visit of a clinic runs past midnight, and if one did, it would count once.
                found[interval.start.astimezone(zone).date()][key] += 1
        return found

    def rooms_at(self, start: datetime) -> list[list[int]]:
        """The keys of the free rooms for a start, one list for each kind that the type needs."""
        claim = self.wish.type.visit.claim(start)
        return [
            [key for key, taken in rooms.items() if not any(claim.overlaps(other) for other in taken)]
            for rooms in self.rooms.values()
        ]

    def days_worked(self) -> set[date]:
        """The local days on which anyone works here."""
        everyone = [interval for intervals in self.worked.values() for interval in intervals]
        return days_worked(everyone, self.wish.location.zone, self.first, self.last)


def span_of(wish: Wish, first: date, last: date) -> Interval:
    return Interval(local_day(first, wish.location.zone).start, local_day(last, wish.location.zone).end)


def read_diary(wish: Wish, *, first: date, last: date, now: datetime) -> Diary:
    """The diary from `first` to `last` (local days): six queries, and three more where rooms are needed."""
    within = span_of(wish, first, last)
    people = [person.pk for person in wish.people]
    taken: Times = defaultdict(list)
    booked: Times = defaultdict(list)
    for owner, interval in times.claims(wish, "practitioner", people, within, now):
        booked[owner].append(interval)
        taken[owner].append(interval)
    away: Times = defaultdict(list)
    for owner, interval in times.time_off("practitioner", people, within):
        taken[owner].append(interval)
        away[owner].append(interval)
    return Diary(
        wish=wish,
        first=first,
        last=last,
        now=now,
        worked={key: subtract(hours, away[key]) for key, hours in times.worked(wish, first, last).items()},
        taken=taken,
        booked=booked,
        rooms=times.rooms(wish, within, now),
    )
