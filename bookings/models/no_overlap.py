"""The rule that two claims on one owner never overlap, kept by the database itself.

PostgreSQL keeps it with an exclusion constraint. SQLite has none, so two triggers do: they are made wherever Django
makes the table, because a constraint's SQL is run again each time SQLite's table is remade (raw triggers are lost).
"""

from datetime import timedelta
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.operations import BtreeGistExtension
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

LONGEST_CLAIM = timedelta(days=1)


class BtreeGist(BtreeGistExtension):
    """What PostgreSQL needs to hold keys and ranges in one constraint. Django's own cannot be undone on SQLite."""

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, *states)


class TimestampRange(Func):
    """PostgreSQL's `tstzrange(starts_at, ends_at, '[)')`: half-open."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class NoOverlap(ExclusionConstraint):
    """No two rows with the same `owner` may overlap in [starts_at, ends_at). Rows without an owner never do."""

    def __init__(self, *, name: str, owner: str) -> None:
        self.owner = owner
        span = TimestampRange("starts_at", "ends_at", RangeBoundary())
        super().__init__(
            name=name,
            expressions=[(span, RangeOperators.OVERLAPS), (F(owner), RangeOperators.EQUAL)],
            condition=Q(**{f"{owner}__isnull": False}),
            violation_error_message=_("This time overlaps another appointment."),
        )

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return (
            f"{type(self).__module__}.{type(self).__qualname__}",
            (),
            {"name": self.name, "owner": self.owner},
        )

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor == "postgresql":
            return super().constraint_sql(model, schema_editor)
        # The table may be a copy that is about to take the place of the old one: name the final table, and wait
        # with the triggers until it is there.
        schema_editor.deferred_sql.extend(self.trigger_sql(model, schema_editor))
        return None

    def trigger_sql(self, model: Any, schema_editor: Any) -> list[str]:
        """SQLite's two triggers. No claim is longer than a day: a lower bound on starts_at lets them use the index."""
        table = schema_editor.quote_name(model._meta.db_table.removeprefix("new__"))
        owner = schema_editor.quote_name(model._meta.get_field(self.owner).column)
        message = schema_editor.quote_value(self.name)
        hours = int(LONGEST_CLAIM.total_seconds() // 3600)
        return [
            f"""CREATE TRIGGER {schema_editor.quote_name(f"{self.name}_{event}")} BEFORE {event.upper()} ON {table}
            WHEN NEW.{owner} IS NOT NULL AND EXISTS (
                SELECT 1 FROM {table} WHERE {owner} = NEW.{owner} AND id IS NOT NEW.id
                AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at
                AND starts_at > datetime(NEW.starts_at, '-{hours} hours')
            ) BEGIN SELECT RAISE(ABORT, {message}); END"""
            for event in ("insert", "update")
        ]

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """The same rule for a form, on either database. Raises ValidationError on an overlap."""
        owner = getattr(instance, f"{self.owner}_id")
        starts_at, ends_at = getattr(instance, "starts_at", None), getattr(instance, "ends_at", None)
        if owner is None or starts_at is None or ends_at is None:
            return
        others = model._default_manager.using(using).filter(
            **{f"{self.owner}_id": owner}, starts_at__lt=ends_at, ends_at__gt=starts_at
        )
        if others.exclude(pk=instance.pk).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)
