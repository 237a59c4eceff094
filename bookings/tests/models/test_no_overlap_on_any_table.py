"""The rule against overlaps holds for the longest claim, and outlives changes to its table."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations import AddField, AlterField, RemoveField
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.test.utils import CaptureQueriesContext

from bookings.actions.overlaps import OVERLAPS
from bookings.models import Claim
from bookings.tests.diary import Diary

OVERLAP = OVERLAPS[0]
Claims = Callable[[datetime, timedelta], Claim]
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def claim(now: datetime) -> Claims:
    diary = Diary(now=now)
    appointment = diary.hold(diary.at(10, 9))

    def create(start: datetime, length: timedelta) -> Claim:
        return Claim.objects.create(
            appointment=appointment, practitioner=diary.practitioner, starts_at=start, ends_at=start + length
        )

    return create


@pytest.mark.django_db
@pytest.mark.parametrize("length", [DAY, DAY + MINUTE, timedelta(0), -MINUTE])
def test_a_claim_is_shorter_than_a_day_and_ends_after_its_start(
    claim: Claims, now: datetime, length: timedelta
) -> None:
    with pytest.raises(IntegrityError, match=r"claim_(shorter_than_a_day|ends_after_start)"):
        claim(now, length)


@pytest.mark.django_db
def test_the_last_minute_of_the_longest_claim_is_taken(claim: Claims, now: datetime) -> None:
    claim(now, DAY - MINUTE)
    with pytest.raises(IntegrityError, match=OVERLAP), transaction.atomic():
        claim(now + DAY - 2 * MINUTE, timedelta(minutes=30))
    claim(now + DAY - MINUTE, timedelta(minutes=30))


@pytest.mark.django_db(transaction=True)
def test_the_rule_survives_changes_to_its_table(claim: Claims, now: datetime) -> None:
    """SQLite makes the table anew for each of these, and drops the old one's triggers."""
    claim(now, MINUTE)
    plain = models.IntegerField(null=True, default=0)
    indexed = models.IntegerField(null=True, default=0, db_index=True)
    state = MigrationLoader(connection).project_state()
    with CaptureQueriesContext(connection) as queries:
        for operation in (
            AddField("claim", "room", plain),
            AlterField("claim", "room", indexed),
            RemoveField("claim", "room"),
        ):
            state = changed(state, operation)
            assert_overlap_refused(claim, now)
    if connection.vendor == "sqlite":
        remade = [query for query in queries if 'RENAME TO "bookings_claim"' in query["sql"]]
        assert len(remade) == 3
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            assert cursor.fetchall() == [(f"{name}_{event}",) for name in OVERLAPS for event in ("insert", "update")]


def changed(before: ProjectState, operation: Operation) -> ProjectState:
    """The state after a migration of this one operation, which is done in the database."""
    after = before.clone()
    operation.state_forwards("bookings", after)
    with connection.schema_editor(atomic=True) as editor:
        operation.database_forwards("bookings", editor, before, after)
    return after


def assert_overlap_refused(claim: Claims, taken: datetime) -> None:
    with pytest.raises(IntegrityError, match=OVERLAP):
        claim(taken, MINUTE)
    with pytest.raises(IntegrityError, match=OVERLAP):
        Claim.objects.exclude(starts_at=taken).update(starts_at=taken, ends_at=taken + MINUTE)
