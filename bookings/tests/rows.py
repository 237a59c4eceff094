"""What the database holds, to compare before and after."""

from typing import Any

from django.apps import apps
from django.db import models

from bookings.models import Appointment, Claim, Patient, Transition

Rows = dict[str, list[tuple[Any, ...]]]


def rows_of(*wanted: type[models.Model]) -> Rows:
    """Every row of these models, whole."""
    return {model.__name__: list(model._base_manager.order_by("pk").values_list()) for model in wanted}


def bookings() -> Rows:
    return rows_of(Appointment, Claim, Patient, Transition)


def everything() -> Rows:
    """Every row of every model, sessions included."""
    return rows_of(*apps.get_models(include_auto_created=True))
