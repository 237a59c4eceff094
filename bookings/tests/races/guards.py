"""What keeps two visitors apart, and how to take each part away: a proof that cannot fail proves nothing."""

from contextlib import nullcontext
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from bookings import lifecycle
from bookings.actions import absences, claims, courses, hold, move, offers, undo, waitlist
from bookings.actions.overlaps import OVERLAPS
from bookings.models import Appointment, WaitingEntry
from bookings.queries.openings import Opening
from bookings.queries.wish import Wish
from bookings.tests.races import posts


def remove_constraint() -> None:
    with connection.cursor() as cursor:
        for name in OVERLAPS:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE bookings_claim DROP CONSTRAINT {name}")
            else:
                for event in ("insert", "update"):
                    cursor.execute(f"DROP TRIGGER {name}_{event}")


def anyone(wish: Wish, *_: Any, **__: Any) -> Opening:
    """What `offered` says when it does not look: everyone is free, and every room."""
    rooms = [list(kind.resources.values_list("pk", flat=True)) for kind in wish.type.resource_kinds.all()]
    return Opening(list(wish.people), rooms)


def remove_recheck() -> None:
    for module in (hold, move):
        module.offered = anyone
    undo.claim_again = claim_unseen
    absences.hit_by = lambda *_, **__: []


def claim_unseen(appointment: Appointment, *, now: datetime) -> None:
    claims.take(appointment, rooms=[], now=now)


def remove_reread() -> None:
    """Believe what the caller has in hand, whatever became of it since it was read."""
    lifecycle.may_follow = lambda *_: True
    move.is_there = lambda *_: False
    move.require_movable = lambda *_: None
    offers.locked = lambda offer: offer


def remove_open_offer() -> None:
    """Offer a place to whoever waits, whether or not another one is offered to them already."""
    waitlist.without_offer = WaitingEntry.objects.waiting


def remove_lock() -> None:
    for module in (absences, claims, hold):
        module.lock = lambda *owners: None
    if connection.vendor == "postgresql":
        wait_for_the_others()
        # Inserts that nothing puts in a queue wait for one another in circles: find them sooner than in a second.
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {connection.settings_dict['NAME']} SET deadlock_timeout = '20ms'")


def wait_for_the_others() -> None:
    """Nothing keeps them out any more: whoever is halfway can wait until one is through, however slow the machine."""
    posts.lingers = 30


def remove_visitor() -> None:
    """What lets one visitor hold one set only: the lock of the visitor, where it is not the database's only writer."""
    if connection.vendor == "postgresql":
        wait_for_the_others()
        hold.lock_visitor = lambda visitor: None
    else:
        hold.delete_holds = lambda holds: None


def remove_atomic() -> None:
    """Each statement is a transaction of its own, and locks nothing."""
    for module in (courses, hold):
        module.transaction = SimpleNamespace(atomic=nullcontext)
    QuerySet.select_for_update = lambda rows, **_: rows


REMOVALS = {
    "constraint": remove_constraint,
    "recheck": remove_recheck,
    "reread": remove_reread,
    "open offer": remove_open_offer,
    "lock": remove_lock,
    "visitor": remove_visitor,
    "atomic": remove_atomic,
}
