"""One visit as a VEVENT."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import icalendar

from bookings.availability.intervals import Interval, as_utc

# The standard has no place for these in a text; a name is typed by anyone.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Event:
    """What a calendar shows. `uid`: reference@host, the same for ever; `sequence` rises with every change.

    `stamp`: when it last changed. `summary` is neutral, as others see it too: never a treatment. `note`, `phone` and
    `link` make the description. Instants are aware, of any zone. ValueError if naive or not in order.
    """

    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    zone: ZoneInfo
    summary: str
    status: Status = Status.CONFIRMED
    location: str = ""
    note: str = ""
    phone: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        Interval(self.start, self.end)
        as_utc(self.stamp)

    @property
    def times(self) -> tuple[datetime, datetime]:
        """Start and end in its zone; both in UTC if its wall clock shows one of them twice."""
        start, end = self.start.astimezone(self.zone), self.end.astimezone(self.zone)
        if _comes_twice(start) or _comes_twice(end):
            return as_utc(self.start), as_utc(self.end)
        return start, end


def vevent(visit: Event, status: Status) -> icalendar.Event:
    """The component, without people and alarms."""
    component = icalendar.Event()
    component.add("UID", visit.uid)
    component.add("SEQUENCE", visit.sequence)
    component.add("DTSTAMP", as_utc(visit.stamp))
    start, end = visit.times
    component.add("DTSTART", start)
    component.add("DTEND", end)
    component.add("STATUS", status.value)
    # In a calendar that others may look into, they see that the time is taken, and no more.
    component.add("CLASS", "PRIVATE")
    description = "\n".join(part for part in (visit.note, visit.phone, visit.link) if part)
    texts = {"SUMMARY": visit.summary, "LOCATION": visit.location, "DESCRIPTION": description, "URL": visit.link}
    for name, text in texts.items():
        if text:
            component.add(name, printable(text))
    return component


def printable(text: str) -> str:
    """The text without control characters; line breaks stay."""
    return CONTROLS.sub("", text)


def _comes_twice(local: datetime) -> bool:
    """Whether the wall clock shows this time before and after it is put back."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
