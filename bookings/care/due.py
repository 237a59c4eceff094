"""When each message about one visit is due.

What must be known before the visit goes earlier out of the quiet hours, what may wait goes later. What is past when a
time becomes certain: reminders are left out, preparation goes with the confirmation, the rest goes at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bookings.availability.hours import local_day
from bookings.availability.offsets import DAY
from bookings.care.quiet import QuietHours
from bookings.care.visit import HOUR, Rules, Visit
from bookings.enums import MessageKind, State

Rows = Sequence[Mapping[str, Any]]

TAKES_PLACE = frozenset({State.CONFIRMED, State.ARRIVED, State.COMPLETED})
# For how long advice, a question or a hint that came late is still worth sending, where nothing else says.
AFTERCARE_FITS = 24 * HOUR
# So long after the planned end staff may still note the true one: its hours are then the right ones from the start.
AFTERCARE_WAITS = HOUR
# Whoever has just been told of the time needs no reminder yet.
FRESH = 3 * HOUR
CHECK_IN_FITS = timedelta(days=3)
NEXT_SESSION_FITS = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Due:
    """A message and when it goes: from `at`, not after `not_after`, both UTC.

    `key` names the event, whatever its time: "reminder:7d", "preparation:7", "preparation:always", "aftercare", … On
    the local day it is `about` it may go in the quiet hours. `with_confirmation`: what tells of the time tells it too.
    """

    kind: MessageKind
    key: str
    at: datetime
    not_after: datetime
    about: date | None = None
    with_confirmation: bool = False


def due(
    visit: Visit,
    *,
    preparation: Rows,
    aftercare: Rows,
    rules: Rules,
    next_session: tuple[date, date | None] | None = None,
) -> list[Due]:
    """Every message that a visit in its present state calls for, by time; none before it is confirmed.

    Rows are those of an edition's page. `next_session`: the first and the last local day (None: open) of the course's
    next session, while it is not booked. Without aftercare rows nobody is asked how it went.
    """
    messages: list[Due] = []
    if visit.state == State.CONFIRMED:
        messages += [*_reminders(visit, rules), *_preparation(visit, rules, preparation)]
    if visit.state in TAKES_PLACE and aftercare:
        messages += [*_aftercare(visit, rules, aftercare), *_check_in(visit, rules)]
    if visit.state == State.COMPLETED and next_session:
        messages += _next_session(visit, rules, *next_session)
    return sorted(messages, key=lambda message: (message.at, message.key))


def when_to_send(message: Due, now: datetime, visit: Visit, quiet: QuietHours) -> datetime | None:
    """The first instant from `now` at which it may go, in UTC: `now` if at once, None if it no longer makes sense."""
    return quiet.first_chance(max(message.at, now), visit.zone, about=message.about, until=message.not_after)


def _reminders(visit: Visit, rules: Rules) -> Iterator[Due]:
    """One a lead; each gives way to the next, so that a worker that was down sends only the last."""
    times = []
    for lead in dict.fromkeys(rules.reminders):
        wished = lead.before(visit.start, visit.zone)
        is_today = wished.astimezone(visit.zone).date() == visit.day
        at = wished if is_today else rules.quiet.before(wished, visit.zone)
        times.append((at, wished, f"reminder:{lead}"))
    times.sort()
    ends = [at for at, *_ in times[1:]] + [visit.start]
    for (at, _, key), until in zip(times, ends, strict=False):
        if visit.since + FRESH <= at < until:
            yield Due(MessageKind.REMINDER, key, at, until, about=visit.day)


def _preparation(visit: Visit, rules: Rules, rows: Rows) -> Iterator[Due]:
    """One a day that something begins on, told before that day; what holds at all times goes with the confirmation."""
    for days in dict.fromkeys(row["days_before"] for row in rows):
        key = f"preparation:{'always' if days is None else days}"
        at = visit.since
        if days is not None:
            at = rules.quiet.before(local_day(visit.day - days * DAY, visit.zone).start, visit.zone)
        message = Due(MessageKind.PREPARATION, key, at, visit.start, about=visit.day)
        yield from _known(replace(message, with_confirmation=days is None or at <= visit.since), visit, rules)


def _aftercare(visit: Visit, rules: Rules, rows: Rows) -> Iterator[Due]:
    until = visit.over + max([AFTERCARE_FITS, *(row["hours"] * HOUR for row in rows if row["hours"])])
    today = visit.over.astimezone(visit.zone).date()
    is_over = visit.true_end or visit.state == State.COMPLETED
    at = visit.over if is_over else visit.over + AFTERCARE_WAITS
    yield from _known(Due(MessageKind.AFTERCARE, "aftercare", at, until, about=today), visit, rules)


def _check_in(visit: Visit, rules: Rules) -> Iterator[Due]:
    if rules.check_in_hours is not None:
        at = visit.over + rules.check_in_hours * HOUR
        yield from _known(Due(MessageKind.CHECK_IN, "check_in", at, at + CHECK_IN_FITS), visit, rules)


def _next_session(visit: Visit, rules: Rules, first: date, last: date | None) -> Iterator[Due]:
    """In the morning, and never on the day of the visit itself: that has its aftercare."""
    tomorrow = visit.over.astimezone(visit.zone).date() + DAY
    at = local_day(max(first - rules.next_session_days * DAY, tomorrow), visit.zone).start
    until = local_day(last or first + NEXT_SESSION_FITS, visit.zone).end
    yield from _known(Due(MessageKind.NEXT_SESSION, "next_session", at, until), visit, rules)


def _known(message: Due, visit: Visit, rules: Rules) -> Iterator[Due]:
    """The message at the first moment from which it is known and may go, unless that is too late."""
    at = when_to_send(message, visit.since, visit, rules.quiet)
    if at:
        yield replace(message, at=at)
