"""What the database holds, to compare before and after."""

from typing import Any

from django.apps import apps
from django.db import connection, models

from bookings.models import Appointment, Claim, Patient, Transition

Rows = dict[str, list[tuple[Any, ...]]]


def rows_of(*wanted: type[models.Model]) -> Rows:
    """Every row of these models, whole, as the database has it; by their labels, such as bookings.Claim."""
    quote = connection.ops.quote_name
    found: Rows = {}
    # Django's own queries are ten times as slow to make, and some tests look again after each write.
    with connection.cursor() as cursor:
        for meta in (model._meta for model in wanted):
            cursor.execute(f"SELECT * FROM {quote(meta.db_table)} ORDER BY {quote(meta.pk.column)}")
            found[meta.label] = cursor.fetchall()
    return found


def bookings() -> Rows:
    return rows_of(Appointment, Claim, Patient, Transition)


def everything() -> Rows:
    """Every row of every model, sessions included."""
    return rows_of(*apps.get_models(include_auto_created=True))
