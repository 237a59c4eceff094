"""Every model says which of its fields are about a person: exporting and erasing rely on it."""

import pytest
from django.apps import apps
from django.db import models

MODELS = [model for app in ("clinic", "treatments", "bookings") for model in apps.get_app_config(app).get_models()]


@pytest.mark.parametrize("model", MODELS)
def test_a_model_declares_its_personal_fields(model: type[models.Model]) -> None:
    assert isinstance(model.personal_fields, tuple)
    assert set(model.personal_fields) <= {field.name for field in model._meta.get_fields()}
