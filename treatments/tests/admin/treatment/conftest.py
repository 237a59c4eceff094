"""A treatment whose page may be signed."""

from datetime import datetime

import pytest

from clinic.tests.factories import ClinicFactory
from treatments.models import Treatment
from treatments.tests.pages import signed_treatment


@pytest.fixture
def treatment(now: datetime) -> Treatment:
    ClinicFactory()
    return signed_treatment(now=now.replace(year=2025), slug="mesolift")
