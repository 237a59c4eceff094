"""axe reads every step of a booking, what goes wrong in it, and the appointment's page."""

import pytest
from playwright.sync_api import Page

from bookings.tests.journeys.answering import after_an_answer_that_stops, while_answering
from bookings.tests.journeys.axe import violations_by_day_and_night
from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.states import after_asking, after_losing_a_time, while_booking, without_cookies

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_has_nothing_to_say(visit: Open, width: int) -> None:
    found: list[str] = []

    def look(page: Page) -> None:
        found.extend(violations_by_day_and_night(page))

    while_answering(visit(width), look)
    after_an_answer_that_stops(visit(width), look)
    while_booking(visit(width), look)
    after_losing_a_time(visit(width), visit(), look)
    after_asking(visit(width), look)
    without_cookies(visit(width), look)
    assert not found, "\n".join(found)
