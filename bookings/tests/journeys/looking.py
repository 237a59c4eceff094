"""One look at a page of a walk: axe by day and by night, and whether everything fits the window."""

from playwright.sync_api import Page

from bookings.tests.journeys.axe import violations_by_day_and_night
from bookings.tests.journeys.narrow import problems

NARROW = {"width": 320, "height": 640}


def look(page: Page) -> None:
    """To be taken in a window of 320 pixels, the narrowest that a page has to fit."""
    page.set_viewport_size(NARROW)
    found = violations_by_day_and_night(page) + problems(page)
    page.set_viewport_size(NARROW)
    assert not found, "\n".join(found)
