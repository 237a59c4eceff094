"""Everything that can be known about Ada, who was here or never was."""

from typing import Any

import pytest
import time_machine

from bookings.tests.about_ada import AboutAda
from bookings.tests.browser import Visitor


@pytest.fixture
def about(db: None, clock: time_machine.Traveller, now: Any) -> AboutAda:
    return AboutAda(now=now)


@pytest.fixture
def newcomer(db: None, clock: time_machine.Traveller, now: Any) -> AboutAda:
    return AboutAda(now=now, never_here=True)


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()
