"""The calendar that every page of free times shows: a month, a day's times, and whom they are with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from bookings.availability.calendar import YEARS
from bookings.availability.slots import nearest
from bookings.queries.month import Month, read_month
from bookings.queries.openings import narrowed, part_of_day
from bookings.queries.wish import Wish, bounds
from clinic.enums import Gender
from clinic.models import Location, Practitioner
from clinic.spoken import language_choices

NEAREST = 6


@dataclass(frozen=True)
class Filters:
    """With whom: one practitioner, or anyone who speaks a language and is a woman or a man; empty for anyone."""

    chosen: Practitioner | None
    speaks: str
    gender: str

    def narrow(self, wish: Wish) -> Wish:
        people = [self.chosen] if self.chosen else self.fitting(wish.people)
        return narrowed(wish, people=tuple(people))

    def fitting(self, everyone: Iterable[Practitioner]) -> list[Practitioner]:
        """Who speaks the language and is of the gender, whoever of them is chosen."""
        return [
            person
            for person in everyone
            if (not self.speaks or self.speaks in person.speaks) and (not self.gender or self.gender == person.gender)
        ]


def filters_of(request: HttpRequest, everyone: Sequence[Practitioner]) -> Filters:
    """The filters in the address; one that fits nobody here, or does not fit the others, is left out."""
    speaks, gender = request.GET.get("speaks", ""), request.GET.get("gender", "")
    speaks = speaks if any(speaks in person.speaks for person in everyone) else ""
    gender = gender if any(gender == person.gender for person in everyone) else ""
    fitting = Filters(None, speaks, gender).fitting(everyone)
    chosen = next((person for person in fitting if person.slug == request.GET.get("with")), None)
    return Filters(chosen, speaks, gender)


def spoken(everyone: Sequence[Practitioner]) -> list[tuple[str, str]]:
    """The languages that some here speak and others do not, each with its name: what can be asked for."""
    codes = {code for person in everyone for code in person.speaks}
    telling = {code for code in codes if not all(code in person.speaks for person in everyone)}
    return [pair for pair in language_choices(language=get_language() or "en") if pair[0] in telling]


def genders(everyone: Sequence[Practitioner]) -> list[Gender]:
    """The genders of whom not all here are."""
    found = {person.gender for person in everyone}
    return [gender for gender in Gender if gender in found] if len(found) > 1 else []


def calendar_context(
    request: HttpRequest, wish: Wish, *, here: str, now: datetime, lost: datetime | None = None
) -> dict[str, Any]:
    """What `bookings/calendar.html` shows of a wish; `lost` is a time that someone else took meanwhile.

    `here` is the calendar's own address without a query: it is also shown in answer to other pages.
    """
    filters = filters_of(request, wish.people)
    zone = wish.location.zone
    asked, asked_month, unreadable = asked_day_and_month(request)
    wanted = lost.astimezone(zone).date() if lost else asked_month or asked
    month = read_month(filters.narrow(wish), wanted.replace(day=1) if wanted else None, now=now)
    soonest_day = month.soonest.astimezone(zone).date() if month.soonest else None
    day = asked if asked and not lost else (wanted if lost and wanted else soonest_day) or now.astimezone(zone).date()
    today = [start for start in month.starts if start.astimezone(zone).date() == day]
    return {
        "location": wish.location,
        "practitioners": filters.fitting(wish.people),
        "everyone": wish.people,
        "spoken": spoken(wish.people),
        "genders": genders(wish.people),
        "chosen": filters.chosen,
        "filters": filters,
        "weeks": month.weeks,
        "month": month.first,
        "months": neighbours(month, wish, now),
        "day": day,
        "day_in_month": (day.year, day.month) == (month.first.year, month.first.month),
        "parts": parts(today, wish.location),
        "soonest": month.soonest,
        "soonest_day": soonest_day,
        "lost": lost,
        "nearest": nearest(month.starts, lost, NEAREST) if lost else [],
        "here": here,
        "unreadable": unreadable,
        "zone_name": datetime.combine(day, time(12), tzinfo=zone).tzname(),
    }


def asked_day_and_month(request: HttpRequest) -> tuple[date | None, date | None, bool]:
    """The day and the first day of the month in the address, and whether one of them cannot be read."""
    month = request.GET.get("month", "")
    texts = request.GET.get("day", ""), f"{month}-01" if month else ""
    days = [read_day(text) for text in texts]
    return days[0], days[1], any(text and day is None for text, day in zip(texts, days, strict=True))


def read_day(text: str) -> date | None:
    """The day written as 2026-12-31; None where it cannot be read, or lies in another age."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def neighbours(month: Month, wish: Wish, now: datetime) -> dict[str, date | None]:
    """The months before and after, where the wish can be fulfilled in them."""
    earliest, latest = wish.days(now)
    first = month.first
    before = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
    after = date(first.year + (first.month == 12), first.month % 12 + 1, 1)
    return {
        "before": before if (before.year, before.month) >= (earliest.year, earliest.month) else None,
        "after": after if after <= latest else None,
    }


def parts(starts: list[datetime], place: Location) -> list[tuple[str, list[dict[str, Any]]]]:
    """A day's times by part of day. Two times alike on the clock (when it is set back) also carry their zone."""
    locals_ = [start.astimezone(place.zone) for start in starts]
    clocks = [local.time() for local in locals_]
    found: dict[str, list[dict[str, Any]]] = {}
    for start, local in zip(starts, locals_, strict=True):
        twice = clocks.count(local.time()) > 1
        found.setdefault(part_of_day(local), []).append({"start": start, "zone": local.tzname() if twice else ""})
    return list(found.items())


def is_bookable_time(start: datetime, wish: Wish) -> bool:
    """Whether a start lies between the first and the last that can be booked at all, taken or not."""
    first, last = bounds(wish, timezone.now())
    return first <= start <= last
