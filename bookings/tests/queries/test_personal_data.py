"""The export holds every row about a patient, whole, and nothing of anybody else."""

import json
from datetime import datetime

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from bookings.models import Patient, StoppedNumber
from bookings.queries.personal_data import KEYS, PATHS, UNREADABLE, personal_data
from bookings.tests.about_ada import BORN, AboutAda
from bookings.tests.diary import CONTACT


def leading_to(model: type[models.Model]) -> set[type[models.Model]]:
    """Every model whose rows lead to a row of `model`, directly or over others."""
    found: set[type[models.Model]] = {model}
    waiting = [model]
    while waiting:
        for relation in waiting.pop()._meta.related_objects:
            if relation.related_model not in found:
                found.add(relation.related_model)
                waiting.append(relation.related_model)
    return found


def test_every_model_that_leads_to_a_patient_is_exported() -> None:
    assert set(PATHS) == leading_to(Patient)


@pytest.mark.django_db
def test_each_row_is_there_with_every_field_but_the_keys(now: datetime) -> None:
    ada = AboutAda(now=now).ada
    found = personal_data(ada)
    for model in (*PATHS, StoppedNumber):
        rows = found[model._meta.model_name]
        assert rows, f"the example has no {model.__name__}"
        names = {field.name for field in model._meta.concrete_fields} - KEYS
        assert all(set(row) == names for row in rows)
        assert set(model.personal_fields) <= names
    assert len(found["appointment"]) == 3
    assert len(found["message"]) >= 2
    assert [one["what"] for one in found["stafflog"]] == ["Changed."]


@pytest.mark.django_db
def test_it_is_plain_json_in_words_and_names_nobody_else(now: datetime) -> None:
    about = AboutAda(now=now)
    found = personal_data(about.ada)
    text = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False)
    for own in (CONTACT.name, CONTACT.email, CONTACT.phone, BORN.isoformat(), "Her mother", "not_sure", "worse"):
        assert own in text, own
    question = about.planned.answers(at=now).edition.content["contraindications"][0]["question"]
    assert question in [one["question"] for one in found["screening"][-1]["answers"]]
    assert "The text about treatment." in text
    for other in ("Bo Other", "clara", about.bo.reference, about.link.secret, about.consultation.link_secret):
        assert other not in text, other


@pytest.mark.django_db
def test_answers_that_no_key_opens_are_said_to_be_closed(now: datetime, settings: object) -> None:
    about = AboutAda(now=now)
    settings.HEALTH_KEYS = ["b3RoZXItLW90aGVyLS1vdGhlci0tb3RoZXItLW90aGU="]
    found = personal_data(about.ada)
    assert found["screening"][-1]["answers"] == found["checkin"][0]["answers"] == UNREADABLE


@pytest.mark.django_db
def test_it_costs_the_same_however_much_there_is(now: datetime, django_assert_max_num_queries: object) -> None:
    about = AboutAda(now=now)
    with django_assert_max_num_queries(35):
        personal_data(about.ada)
