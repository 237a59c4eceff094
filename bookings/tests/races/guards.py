"""What keeps two visitors apart, and how to take each part away: a proof that cannot fail proves nothing."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from bookings.actions import book
from bookings.actions.overlaps import OVERLAP
from clinic.models import Practitioner


def remove_constraint() -> None:
    statements = [f"ALTER TABLE bookings_claim DROP CONSTRAINT {OVERLAP}"]
    if connection.vendor == "sqlite":
        statements = [f"DROP TRIGGER {OVERLAP}_{event}" for event in ("insert", "update")]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove_recheck() -> None:
    def everybody(*, practitioners: Iterable[Practitioner], **_: Any) -> list[Practitioner]:
        return list(practitioners)

    book.offered = everybody


def remove_lock() -> None:
    book.lock = lambda practitioners: None
    if connection.vendor == "postgresql":
        # Inserts that nothing puts in a queue wait for one another in circles: find them sooner than in a second.
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {connection.settings_dict['NAME']} SET deadlock_timeout = '20ms'")


REMOVALS = {"constraint": remove_constraint, "recheck": remove_recheck, "lock": remove_lock}
