"""The page on which a clinician signs."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from clinic.tests.markup import read
from treatments.tests.factories import signed_treatment

pytestmark = pytest.mark.django_db


def test_both_controls_of_a_day_and_a_time_have_a_name(admin_client: Client, now: datetime) -> None:
    path = reverse("admin:treatments_treatment_sign", args=[signed_treatment(now=now, slug="mesolift").pk])
    page = read(admin_client.get(path))
    names = [page.one("input", name=f"publish_from_{number}")["aria-label"] for number in (0, 1)]
    assert names == ["Publish from: day", "Publish from: time"]
