"""The database's refusal of an overlap, turned into the domain's own exception."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection

from bookings.exceptions import SlotTaken
from bookings.models import Resource
from clinic.models import Practitioner

OVERLAPS = ("claim_practitioner_no_overlap", "claim_resource_no_overlap")
# PostgreSQL's codes for a deadlock and for a transaction that could not be serialised.
TRY_AGAIN = {"40P01", "40001"}


@contextmanager
def overlap_is_slot_taken() -> Iterator[None]:
    """Raises SlotTaken where the database refuses a claim; wraps the whole transaction, which is then rolled back."""
    try:
        yield
    except IntegrityError as error:
        if any(name in str(error) for name in OVERLAPS):
            raise SlotTaken from error
        raise
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) in TRY_AGAIN:
            raise SlotTaken from error
        raise


def lock(practitioners: Iterable[Practitioner | int], rooms: Iterable[Resource | int] = ()) -> None:
    """Lock these rows until the transaction ends, always in the same order, so that two bookings queue."""
    for model, owners in ((Practitioner, practitioners), (Resource, rooms)):
        if keys := {owner if isinstance(owner, int) else owner.pk for owner in owners}:
            rows = model._default_manager.select_for_update(no_key=True).filter(pk__in=keys)
            list(rows.order_by("pk").values_list("pk"))


def lock_visitor(visitor: str) -> None:
    """Let one visitor hold in one window at a time, until the transaction ends. Visitors have no row to lock.

    SQLite lets in one writer at a time, whoever it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [visitor])
