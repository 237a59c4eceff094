"""Everything that can be known about Ada, who was here or never was."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User

from bookings.tests.about_ada import AboutAda


@pytest.fixture
def about(now: datetime) -> AboutAda:
    return AboutAda(now=now)


@pytest.fixture
def newcomer(now: datetime) -> AboutAda:
    return AboutAda(now=now, never_here=True)


@pytest.fixture
def by(db: None) -> User:
    return User.objects.create_user("boss")
