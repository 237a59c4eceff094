"""What a calendar's page says, and what the diary holds."""

from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

from bookings.availability.intervals import Interval
from bookings.enums import State
from bookings.models import Appointment
from bookings.templatetags.diary import instant
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.prepared import sit_down
from bookings.tests.views.ways import TIMES

LIVE = (State.HELD, State.REQUESTED, State.CONFIRMED, State.ARRIVED)


def seated(diary: Diary, **client: Any) -> Visitor:
    """Someone who has answered all that is asked before a time, in a browser of their own; no page is open yet."""
    visitor = Visitor(**client)
    sit_down(visitor.client, diary)
    return visitor


def day_page(visitor: Visitor, day: date, path: str = TIMES) -> Visitor:
    return visitor.get(f"{path}?day={day.isoformat()}")


def starts(visitor: Visitor) -> list[datetime]:
    """The times that the day's buttons send, aware UTC, in the order of the page."""
    buttons = visitor.main.all("button", class_="slot", name="start")
    return [datetime.strptime(one.get("value"), "%Y%m%dT%H%MZ").replace(tzinfo=UTC) for one in buttons]


def clocks(visitor: Visitor) -> list[str]:
    """The same times as they are read."""
    return [one.text.rpartition(", ")[2] for one in visitor.main.all("button", class_="slot", name="start")]


def free_times(visitor: Visitor) -> dict[int, int]:
    """How many free times the month says each of its days has; days without are left out."""
    found = {}
    for link in visitor.main.all("a", class_="month__day"):
        words = link.text.replace(",", "").split()
        found[int(words[0])] = int(words[2])
    return found


def words(visitor: Visitor) -> dict[int, str]:
    """What the month says of the days that have no free time."""
    cells = [cell.text.partition(" ") for cell in visitor.main.all("span", class_="month__day")]
    return {int(day): word for day, _, word in cells}


def choose(visitor: Visitor, start: datetime, path: str = TIMES) -> Visitor:
    """Send what a time's button would, whether or not the page has one: it may have been opened long ago."""
    return visitor.arrive(visitor.client.post(path, {"start": instant(start)}, follow=True), path)


def send(visitor: Visitor, **typed: str) -> Visitor:
    """Write the details of the time that is held, and ask for it."""
    return visitor.press("Continue", **TYPED | typed).press("Ask for this appointment")


def double_bookings() -> list[tuple[Appointment, Appointment]]:
    """Pairs of appointments that are not over, with one practitioner, at times that overlap; claims do not matter."""
    alive = Appointment.objects.filter(state__in=LIVE).order_by("pk")
    return [
        (one, other)
        for one, other in combinations(alive, 2)
        if one.practitioner_id == other.practitioner_id
        and Interval(one.starts_at, one.ends_at).overlaps(Interval(other.starts_at, other.ends_at))
    ]
