"""A slow second opinion on what is free: looks at every row, shares no code with the diary."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bookings.models import AppointmentType, Claim, TimeOff
from bookings.tests.machine.world import CLOSES, OPENS, World
from clinic.models import Practitioner

Owner = tuple[str, int]
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Taken:
    """One stretch in which a person or a room is not free, and which appointment and visitor are the reason."""

    owner: Owner
    span: Span
    appointment: int | None = None
    holder: str = ""


def claim_rows() -> list[dict[str, Any]]:
    fields = ("appointment", "practitioner", "resource", "starts_at", "ends_at")
    return list(Claim.objects.order_by("pk").values(*fields, *(f"appointment__{one}" for one in OF_APPOINTMENT)))


OF_APPOINTMENT = ("state", "visitor", "held_until")


def owner_of(row: dict[str, Any]) -> Owner:
    return ("person", row["practitioner"]) if row["practitioner"] else ("room", row["resource"])


def taken(now: datetime) -> list[Taken]:
    """Everything that stands in somebody's way at `now`."""
    found = []
    for row in claim_rows():
        until = row["appointment__held_until"]
        if until is None or until > now:
            holder = row["appointment__visitor"] if row["appointment__state"] == "held" else ""
            found.append(Taken(owner_of(row), (row["starts_at"], row["ends_at"]), row["appointment"], holder))
    for row in TimeOff.objects.values("practitioner", "resource", "starts_at", "ends_at"):
        found.append(Taken(owner_of(row), (row["starts_at"], row["ends_at"])))
    return found


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@dataclass(frozen=True)
class Oracle:
    """What is free at one moment: `busy` is all that stands in the way."""

    world: World
    now: datetime
    busy: list[Taken]

    def rooms_are_free(self, type: AppointmentType, span: Span) -> bool:
        return all(any(self.is_free(("room", room), span) for room in kind) for kind in self.world.rooms[type])

    def without(self, *, visitor: str = "", appointments: Collection[int] = ()) -> "Oracle":
        """The same moment, had these appointments, and what the visitor holds, not been there."""
        kept = [
            one for one in self.busy if one.appointment not in appointments and not (visitor and one.holder == visitor)
        ]
        return Oracle(self.world, self.now, kept)

    def grid(self, type: AppointmentType, days: int = 4) -> list[datetime]:
        """Every wall time that a visit might start at, from yesterday on, whether it may or not."""
        zone, today = self.world.location.zone, self.now.astimezone(self.world.location.zone).date()
        midnights = [datetime.combine(today + timedelta(days=day), time(), zone) for day in range(-1, days)]
        ticks = range(9 * 60 + 30, 13 * 60 + 30, type.step)
        return [(midnight + timedelta(minutes=tick)).astimezone(UTC) for midnight in midnights for tick in ticks]

    def free(self, type: AppointmentType) -> dict[datetime, set[Practitioner]]:
        """Every start that can be booked, with whom."""
        found = {start: set(self.people(type, start)) for start in self.grid(type)}
        return {start: people for start, people in found.items() if people}

    def people(self, type: AppointmentType, start: datetime, *, by_staff: bool = False) -> Iterable[Practitioner]:
        local = start.astimezone(self.world.location.zone)
        span = self.span(type, start)
        first, last = (moment.astimezone(self.world.location.zone) for moment in span)
        today = self.now.astimezone(self.world.location.zone).date()
        allowed = by_staff or (
            start >= self.now + timedelta(hours=type.least_notice_hours)
            and (local.date() - today).days <= type.furthest_days
        )
        works = first.date() == last.date() == local.date() and first.time() >= OPENS and last.time() <= CLOSES
        on_grid = (local.hour * 60 + local.minute) % type.step == 0 and not local.second
        if start < self.now or not (allowed and works and on_grid):
            return []
        if not self.rooms_are_free(type, span):
            return []
        return [one for one in self.world.able[type] if self.is_free(("person", one.pk), span)]

    def span(self, type: AppointmentType, start: datetime) -> Span:
        return (
            start - timedelta(minutes=type.buffer_before),
            start + timedelta(minutes=type.minutes + type.buffer_after),
        )

    def is_free(self, owner: Owner, span: Span) -> bool:
        return not any(one.owner == owner and overlap(one.span, span) for one in self.busy)
