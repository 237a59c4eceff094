"""The diary of a practitioner or of a location, as calendar programs subscribe to it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bookings.availability.offsets import DAY
from bookings.enums import State
from bookings.ics import Event, feed
from bookings.models import Appointment, CalendarFeed, TimeOff
from bookings.queries.calendar_files import STATUSES, address_of, uid
from clinic.models import Clinic, Practitioner

BACK = timedelta(days=30)
# One day more than any type can be booked ahead.
AHEAD = timedelta(days=731)
SHOWN = (State.REQUESTED, State.CONFIRMED, State.ARRIVED, State.COMPLETED)


@dataclass(frozen=True)
class Calendar:
    """What a feed shows; `day` is the day in UTC from which its window is counted."""

    name: str
    day: date
    events: tuple[Event, ...]

    @property
    def fingerprint(self) -> str:
        """Another one for whatever shows, known before a line is written, and each day, for what new code changes."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]

    def file(self) -> bytes:
        return feed(self.events, self.name)


def feed_behind(secret: str) -> CalendarFeed | None:
    """The feed with this address, unless its practitioner no longer works here."""
    return CalendarFeed.objects.open().select_related("practitioner", "location").filter(secret=secret).first()


def read_feed(feed: CalendarFeed, *, now: datetime) -> Calendar:
    """Visits from 30 days ago to two years ahead without whose or what for, and a practitioner's time off without why.

    In the clinic's default language. Two queries, three for a practitioner, however many there are.
    """
    day = now.astimezone(UTC).date()
    today = datetime.combine(day, datetime.min.time(), tzinfo=UTC)
    first, last = today - BACK, today + AHEAD
    with translation.override(Clinic.objects.current().default_language):
        events = [visit(appointment, feed) for appointment in appointments(feed, first, last, now=now)]
        if feed.practitioner:
            events += [away(time_off, feed, first, last) for time_off in absences(feed.practitioner, first, last)]
        return Calendar(str(feed), day, tuple(events))


def appointments(feed: CalendarFeed, first: datetime, last: datetime, *, now: datetime) -> list[Appointment]:
    """What is booked, in order, with `changes` and `changed_at`; a request whose time has come is no longer."""
    own = Q(practitioner=feed.practitioner_id) if feed.practitioner_id else Q(location=feed.location_id)
    lapsed = Q(state=State.REQUESTED, starts_at__lte=now)
    found = Appointment.objects.filter(own, state__in=SHOWN, ends_at__gt=first, starts_at__lt=last).exclude(lapsed)
    found = found.select_related("type", "practitioner", "location")
    counted = found.annotate(changes=Count("transitions"), changed_at=Max("transitions__at"))
    return list(counted.order_by("starts_at", "pk"))


def absences(practitioner: Practitioner, first: datetime, last: datetime) -> list[TimeOff]:
    found = TimeOff.objects.filter(practitioner=practitioner, ends_at__gt=first, starts_at__lt=last)
    return list(found.select_related("location").order_by("starts_at", "pk"))


def visit(appointment: Appointment, feed: CalendarFeed) -> Event:
    """An appointment with its kind and reference; with whom where the feed is of several, where if it is of one."""
    who = [str(appointment.practitioner)] if feed.location_id else []
    return Event(
        # Not the patient's own: a program that keeps both would take them for one.
        uid=uid(f"diary-{appointment.reference}"),
        sequence=appointment.changes,  # type: ignore[attr-defined]
        stamp=appointment.changed_at or appointment.requested_at or feed.created_at,  # type: ignore[attr-defined]
        start=appointment.starts_at,
        end=appointment.ends_at,
        zone=appointment.location.zone,
        summary=" · ".join([str(appointment.type), appointment.reference, *who]),
        status=STATUSES[State(appointment.state)],
        location="" if feed.location_id else address_of(appointment.location),
        link=settings.SITE_URL + reverse("admin:bookings_appointment_change", args=[appointment.pk]),
    )


def away(time_off: TimeOff, feed: CalendarFeed, first: datetime, last: datetime) -> Event:
    """Time off as a busy block, as much of it as the feed reaches; why stays where it was written."""
    return Event(
        uid=uid(f"away-{time_off.pk}"),
        sequence=0,
        # Nobody notes when time off was last changed.
        stamp=feed.created_at,
        start=max(time_off.starts_at, first - DAY),
        end=min(time_off.ends_at, last + DAY),
        zone=time_off.location.zone,
        summary=_("Away"),
    )
