"""Who refuses a wrong row: the database, and before it the form."""

from typing import Any

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction


def constraints(app_models: Any) -> dict[str, models.BaseConstraint]:
    return {constraint.name: constraint for model in app_models for constraint in model._meta.constraints}


def refused_by_database(row: models.Model, constraint: models.BaseConstraint) -> None:
    """Storing `row`, past every check in Python, breaks `constraint` and no other."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        type(row)._base_manager.bulk_create([row])
    message = str(caught.value)
    named = [constraint.name]
    if isinstance(constraint, models.UniqueConstraint) and constraint.name not in message:
        # SQLite names the columns of a broken uniqueness.
        columns = [row._meta.get_field(name).column for name in constraint.fields]
        named = [f"{row._meta.db_table}.{column}" for column in columns]
    assert all(name in message for name in named), message


def form_errors(row: models.Model) -> dict[str, list[str]]:
    """What a form says of `row`, by field. A form has a field for each language, and none without a language."""
    originals = {field.translated_field.name for field in row._meta.fields if hasattr(field, "translated_field")}
    try:
        row.full_clean(exclude=originals)
    except ValidationError as error:
        found = error.message_dict
    else:
        return {}
    shown = {field.name for field in row._meta.fields if field.editable and field.name not in originals}
    assert set(found) <= shown | {NON_FIELD_ERRORS}, "an error at a field that no form has is a crash"
    return found


def says_plainly(messages: list[str]) -> bool:
    """Whether these are sentences of ours, not Django's “Constraint “x” is violated.”"""
    return bool(messages) and not any("Constraint" in message for message in messages)
