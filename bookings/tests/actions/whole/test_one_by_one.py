"""What the clock does goes through many rows, each whole: what fails half-way leaves the rest for the next minute."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from django.db import transaction

from bookings.actions.change import change_state
from bookings.actions.lapse import lapse_unanswered
from bookings.actions.offers import pass_on_unanswered
from bookings.actions.plan_all import plan_all
from bookings.enums import Actor, MessageKind, State
from bookings.models import Appointment, Message, PlaceOffer
from bookings.tests.actions.waiting import waiting
from bookings.tests.actions.whole.case import tried
from bookings.tests.actions.whole.changes import give_up, plain
from clinic.models import Clinic

pytestmark = pytest.mark.django_db
Look = list[tuple[Any, ...]]


def two_requests(now: datetime) -> datetime:
    diary = plain(now)
    for hour in (10, 11):
        diary.request(diary.at(1, hour), visitor=str(hour))
    return diary.at(1, 12)


def two_offers(now: datetime) -> datetime:
    """In the order in which they run out."""
    diary = plain(now)
    for hour in (10, 11):
        waiting(diary)
        give_up(diary, hour=hour)
    return diary.at(1, 9)


def two_visits(now: datetime) -> datetime:
    """Planned for reminders that the clinic has changed since."""
    diary = plain(now)
    for hour in (10, 11):
        asked = diary.request(diary.at(1, hour), visitor=str(hour))
        change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=now, reason="Known", override=True)
    Clinic.objects.update(reminders="5h 4h")
    return now


def requests() -> Look:
    rows = Appointment.objects.order_by("starts_at")
    return [(one.state, one.claims.count(), one.transitions.count()) for one in rows]


def offers() -> Look:
    rows = PlaceOffer.objects.order_by("starts_at")
    return [(one.state, one.hold and one.hold.claims.count()) for one in rows]


def reminders() -> Look:
    """Of each visit, those that wait."""
    rows = Message.objects.live().filter(kind=MessageKind.REMINDER).order_by("pk")
    return [
        tuple(rows.filter(appointment=one).values_list("event", "due_at"))
        for one in Appointment.objects.order_by("starts_at")
    ]


@pytest.mark.parametrize(
    ("action", "arrange", "look"),
    [
        (lapse_unanswered, two_requests, requests),
        (pass_on_unanswered, two_offers, offers),
        (plan_all, two_visits, reminders),
    ],
    ids=["lapse", "pass on", "plan"],
)
def test_each_row_is_whole(
    now: datetime, action: Callable[..., Any], arrange: Callable[[datetime], datetime], look: Callable[[], Look]
) -> None:
    later = arrange(now)
    stages: list[Look] = [look()]
    for number in count(1):
        with transaction.atomic():
            came_through, _writes = tried(action, {"now": later}, number)
            if look() != stages[-1]:
                stages.append(look())
            transaction.set_rollback(True)
        if came_through:
            break
    before, between, after = stages  # nothing else was seen, whichever write failed
    assert between == [after[0], before[1]]
