"""A small phone with scripts switched off."""

import pytest

from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.patient import takes_the_whole_way
from bookings.tests.journeys.steps import reference_on

pytestmark = pytest.mark.journey


def test_booking_needs_no_script(visit: Open) -> None:
    page = visit(360, 740, java_script_enabled=False, has_touch=True, is_mobile=True)
    reference = takes_the_whole_way(page)
    page.reload()
    assert reference_on(page) == reference
