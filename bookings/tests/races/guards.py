"""What keeps two visitors apart, and how to take each part away: a proof that cannot fail proves nothing."""

from typing import Any

from django.db import connection

from bookings.actions import claims, hold, move
from bookings.actions.overlaps import OVERLAPS
from bookings.queries.openings import Opening
from bookings.queries.wish import Wish


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


def remove_lock() -> None:
    for module in (claims, hold):
        module.lock = lambda *owners: None
    if connection.vendor == "postgresql":
        # Inserts that nothing puts in a queue wait for one another in circles: find them sooner than in a second.
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {connection.settings_dict['NAME']} SET deadlock_timeout = '20ms'")


REMOVALS = {"constraint": remove_constraint, "recheck": remove_recheck, "lock": remove_lock}
