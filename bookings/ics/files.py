"""Whole calendar files, as bytes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import icalendar

from bookings.availability.intervals import as_utc
from bookings.ics.visits import Event, Status, printable, vevent
from bookings.ics.zones import vtimezone

PRODUCT = "-//Clinic//Appointments//EN"
ALARMS = (timedelta(days=1), timedelta(hours=2))


class Method(StrEnum):
    """What the file asks of a calendar: to take or change a visit, to take it out, or just to show it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str


def event(visit: Event, method: Method, *, organizer: Person, attendee: Person | None = None) -> bytes:
    """One visit, with alarms a day and two hours before unless it is cancelled.

    REQUEST and CANCEL go to the attendee, PUBLISH to nobody by name. ValueError for a REQUEST without an attendee.
    """
    if method == Method.REQUEST and not attendee:
        raise ValueError("a REQUEST needs its attendee")
    status = Status.CANCELLED if method == Method.CANCEL else visit.status
    component = vevent(visit, status)
    component.add("ORGANIZER", address(organizer))
    if attendee and method != Method.PUBLISH:
        component.add("ATTENDEE", guest(attendee))
    if status != Status.CANCELLED:
        for before in ALARMS:
            component.add_component(alarm(visit, before))
    return written(calendar(method), [(visit, component)])


def feed(visits: Iterable[Event], name: str, *, refresh: timedelta = timedelta(minutes=15)) -> bytes:
    """Many visits, of any zones, by time, under the calendar's name; `refresh`: how often to look again."""
    whole = calendar(Method.PUBLISH)
    # The second of each is what programs read that are older than the standard.
    for key in ("NAME", "X-WR-CALNAME"):
        whole.add(key, icalendar.vText(printable(name)))
    whole.add("REFRESH-INTERVAL", refresh, parameters={"VALUE": "DURATION"})
    whole.add("X-PUBLISHED-TTL", icalendar.vDuration(refresh))
    ordered = sorted(visits, key=lambda visit: (as_utc(visit.start), visit.uid))
    return written(whole, [(visit, vevent(visit, visit.status)) for visit in ordered])


def calendar(method: Method) -> icalendar.Calendar:
    whole = icalendar.Calendar()
    whole.add("VERSION", "2.0")
    whole.add("PRODID", PRODUCT)
    whole.add("METHOD", method.value)
    return whole


def written(whole: icalendar.Calendar, entries: Sequence[tuple[Event, icalendar.Event]]) -> bytes:
    """The file: the zones that its times name, for the years they name, then the visits."""
    spans: dict[str, tuple[ZoneInfo, datetime, datetime]] = {}
    for visit, component in entries:
        if "TZID" in component["DTSTART"].params:
            start, end = as_utc(visit.start), as_utc(visit.end)
            _, first, last = spans.get(visit.zone.key, (visit.zone, start, end))
            spans[visit.zone.key] = (visit.zone, min(first, start), max(last, end))
    for span in spans.values():
        whole.add_component(vtimezone(*span))
    for _, component in entries:
        whole.add_component(component)
    return whole.to_ical(sorted=True)


def address(person: Person) -> icalendar.vCalAddress:
    """Such as ORGANIZER;CN=Clinic:mailto:desk@example.org."""
    found = icalendar.vCalAddress(f"mailto:{person.email}")
    if person.name:
        # Programs differ on whether a backslash escapes what follows it here.
        found.params["CN"] = printable(person.name).replace("\\", "")
    return found


def guest(person: Person) -> icalendar.vCalAddress:
    """The patient, who has booked and need not be asked whether they come."""
    found = address(person)
    found.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    return found


def alarm(visit: Event, before: timedelta) -> icalendar.Alarm:
    component = icalendar.Alarm()
    component.add("ACTION", "DISPLAY")
    component.add("DESCRIPTION", printable(visit.summary))
    component.add("TRIGGER", -before)
    return component
