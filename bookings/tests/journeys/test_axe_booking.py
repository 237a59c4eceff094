"""Every step of a booking, what goes wrong in it, and the appointment's page: read by axe, and fitted into 320 pixels.

A window of 320 pixels is also a desktop enlarged four times.
"""

import pytest
from playwright.sync_api import Page

from bookings.tests.journeys.answering import after_an_answer_that_stops, while_answering
from bookings.tests.journeys.axe import violations_by_day_and_night
from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.narrow import problems
from bookings.tests.journeys.states import after_asking, after_losing_a_time, while_booking, without_cookies

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_has_nothing_to_say_and_everything_fits(visit: Open, width: int) -> None:
    found: list[str] = []

    def look(page: Page) -> None:
        if width == 320:
            found.extend(problems(page))
        found.extend(violations_by_day_and_night(page))
        page.set_viewport_size({"width": width, "height": 640})

    while_answering(visit(width, 640), look)
    after_an_answer_that_stops(visit(width, 640), look)
    while_booking(visit(width, 640), look)
    after_losing_a_time(visit(width, 640), visit(), look)
    after_asking(visit(width, 640), look)
    without_cookies(visit(width, 640), look)
    assert not found, "\n".join(found)
