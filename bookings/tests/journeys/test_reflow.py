"""A window of 320 pixels, which is also a desktop enlarged four times: nothing scrolls sideways or is too small."""

import pytest
from playwright.sync_api import Page

from bookings.tests.journeys.answering import after_an_answer_that_stops, while_answering
from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.narrow import problems
from bookings.tests.journeys.pages import PUBLIC, TREATMENTS
from bookings.tests.journeys.states import after_asking, after_losing_a_time, while_booking, without_cookies

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("language", ["en", "fa"])
def test_public_pages_fit(visit: Open, language: str) -> None:
    page, found = visit(320, 640), []
    for path in {*PUBLIC, *(f"/en/treatments/{slug}/" for slug in TREATMENTS)}:
        page.goto(path.replace("/en/", f"/{language}/"))
        found += problems(page)
    assert not found, "\n".join(found)


def test_the_steps_of_a_booking_fit(visit: Open) -> None:
    found: list[str] = []

    def look(page: Page) -> None:
        found.extend(problems(page))

    while_answering(visit(320, 640), look)
    after_an_answer_that_stops(visit(320, 640), look)
    while_booking(visit(320, 640), look)
    after_losing_a_time(visit(320, 640), visit(), look)
    after_asking(visit(320, 640), look)
    without_cookies(visit(320, 640), look)
    assert not found, "\n".join(found)


def test_what_does_not_fit_would_be_noticed(visit: Open) -> None:
    page = visit(320, 640)
    page.goto("/en/privacy/")
    page.get_by_role("heading", level=1).evaluate("title => { title.style.inlineSize = '400px' }")
    page.get_by_role("link", name="Home", exact=True).evaluate("link => { link.style.fontSize = '8px' }")
    found = problems(page)
    assert [line for line in found if line.endswith("scrolls sideways")]
    assert [line for line in found if "Home" in line]
