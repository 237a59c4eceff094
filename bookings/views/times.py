"""The calendar: reading free times, and holding one."""

from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings.actions.book import hold
from bookings.availability.calendar import YEARS, month_weeks
from bookings.availability.slots import nearest
from bookings.exceptions import SlotTaken
from bookings.forms.times import TimeForm
from bookings.queries.month import month_cells
from bookings.queries.openings import bounds, next_free, part_of_day, practitioners_for, read_diary
from bookings.views.offer import Offer, with_offer
from bookings.views.visitor import become_visitor, details_of, new_visitor, remember_chosen, visitor_of
from clinic.models import Location, Practitioner

NEAREST = 6


@require_http_methods(["GET", "HEAD", "POST"])
@with_offer
def times(request: HttpRequest, offer: Offer, location: str) -> HttpResponse:
    place = offer.location(location)
    practitioners = practitioners_for(offer.type, place)
    if request.method != "POST":
        return calendar(request, offer, place, practitioners)
    form = TimeForm(request.POST, practitioners=practitioners)
    if not form.is_valid():
        return calendar(request, offer, place, practitioners, form=form, status=422)
    start = form.cleaned_data["start"]
    try:
        hold(
            type=offer.type,
            treatment=offer.treatment,
            location=place,
            start=start,
            visitor=become_visitor(request),
            minutes=offer.clinic.hold_minutes,
            now=timezone.now(),
            practitioner=form.cleaned_data["practitioner"],
        )
    except SlotTaken:
        if not is_bookable_time(start, offer, place):
            form.add_error("start", _("This time cannot be booked. Choose one of the times below"))
            return calendar(request, offer, place, practitioners, form=form, status=422)
        return calendar(request, offer, place, practitioners, lost=start, status=409)
    remember_chosen(request, place, start)
    return redirect("bookings:check" if details_of(request) else "bookings:details", offer.treatment.slug)


def is_bookable_time(start: datetime, offer: Offer, place: Location) -> bool:
    """Whether a start lies in the days that can be booked at all, taken or not."""
    earliest, latest = bounds(offer.type, place, timezone.now())
    return earliest <= start <= latest


def calendar(
    request: HttpRequest,
    offer: Offer,
    place: Location,
    practitioners: list[Practitioner],
    *,
    form: TimeForm | None = None,
    lost: datetime | None = None,
    ended: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The month and the day's times; `lost` is a time that someone else took, `ended` that a hold is gone."""
    now, zone = timezone.now(), place.zone
    chosen = next((person for person in practitioners if person.slug == request.GET.get("with")), None)
    people = [chosen] if chosen else practitioners
    visitor = visitor_of(request)
    soonest = next_free(type=offer.type, location=place, practitioners=people, now=now, visitor=visitor)
    asked, asked_month, unreadable = asked_day_and_month(request)
    default = (lost or soonest or now).astimezone(zone).date()
    day = asked if asked and not lost else default
    first = asked_month if asked_month and not lost else day.replace(day=1)
    weeks_first, weeks_last = month_edges(first, place)
    diary = read_diary(
        practitioners=people, location=place, first=weeks_first, last=weeks_last, now=now, visitor=visitor
    )
    offers = diary.offers(offer.type, first=weeks_first, last=weeks_last, now=now)
    weeks = month_cells(diary, offer.type, offers, year=first.year, month=first.month, now=now)
    today = [start for start in offers if start.astimezone(zone).date() == day]
    context = {
        "offer": offer,
        "location": place,
        "practitioners": practitioners,
        "chosen": chosen,
        "form": form,
        "weeks": weeks,
        "month": first,
        "months": neighbours(first, offer, place, now),
        "day": day,
        "day_in_month": day.month == first.month and day.year == first.year,
        "parts": parts(today, place),
        "soonest": soonest,
        "soonest_day": soonest.astimezone(zone).date() if soonest else None,
        "lost": lost,
        "nearest": nearest(offers, lost, NEAREST) if lost else [],
        "ended": ended or "ended" in request.GET,
        "visitor": visitor or new_visitor(),
        "here": calendar_url(request, offer, place),
        "has_details": bool(details_of(request)),
        "unreadable": unreadable,
        "zone_name": datetime.combine(day, time(12), tzinfo=zone).tzname(),
    }
    return render(request, "bookings/times.html", context, status=status)


def calendar_url(request: HttpRequest, offer: Offer, place: Location) -> str:
    """The calendar's own address: it is also shown in answer to other pages, and its forms and links go here."""
    address = reverse("bookings:times", args=[offer.treatment.slug, place.slug])
    return f"{address}?{request.GET.urlencode()}" if request.GET else address


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


def month_edges(first: date, place: Location) -> tuple[date, date]:
    """The first and the last day that the calendar of a month shows."""
    weeks = month_weeks(first.year, first.month, first_weekday=place.week_starts_on)
    return weeks[0][0], weeks[-1][-1]


def neighbours(first: date, offer: Offer, place: Location, now: datetime) -> dict[str, date | None]:
    """The months before and after, where the type can be booked in them."""
    earliest, latest = (moment.astimezone(place.zone).date() for moment in bounds(offer.type, place, now))
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
