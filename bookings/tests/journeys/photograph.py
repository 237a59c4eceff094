"""The demonstration's rows, kept in memory: loading them once takes seconds, putting them back takes a blink."""

from collections.abc import Iterable

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

APPS = ("clinic", "treatments", "bookings")
Rows = dict[type[models.Model], list[models.Model]]


def photographed() -> list[type[models.Model]]:
    """The models of this project, with the tables that join them."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in APPS]


def take() -> Rows:
    return {model: list(model._base_manager.all()) for model in photographed()}


@transaction.atomic
def put_back(rows: Rows) -> None:
    """Into empty tables, in any order: foreign keys are checked at the end of the transaction."""
    for model, kept in rows.items():
        models.QuerySet(model).bulk_create(kept)
    continue_counting(rows)


def continue_counting(counted: Iterable[type[models.Model]]) -> None:
    """New rows get numbers after those of the rows that were put back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(counted)):
            cursor.execute(statement)
