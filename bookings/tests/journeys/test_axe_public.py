"""axe reads every kind of page that anyone may read: by day and night, on a phone and a desk, in both directions."""

import pytest
from playwright.sync_api import Page

from bookings.tests.journeys.axe import violations, violations_by_day_and_night
from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.pages import PUBLIC
from clinic.models import Clinic

pytestmark = pytest.mark.journey
SCREENS = [(360, 740), (1280, 800)]


def test_axe_can_find_something(page: Page) -> None:
    page.goto("/en/")
    assert violations(page) == []
    page.evaluate("document.querySelector('main').append(new Image())")
    assert [line for line in violations(page) if "image-alt" in line]


def test_axe_sees_the_dark_colours(page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("heading", level=1).evaluate("title => { title.style.color = 'light-dark(black, #222)' }")
    found = violations_by_day_and_night(page)
    assert found
    assert all(line.startswith("dark: ") and "color-contrast" in line for line in found)


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_has_nothing_to_say(visit: Open, screen: tuple[int, int]) -> None:
    page, found = visit(*screen), []
    for path in PUBLIC:
        page.goto(path)
        found += violations_by_day_and_night(page)
    assert not found, "\n".join(found)


def test_axe_has_nothing_to_say_from_right_to_left(visit: Open) -> None:
    """Every language is offered, though only one is signed: pages show what is signed, and say so."""
    Clinic.objects.update(languages=["en", "fa", "ar"])
    page, found = visit(*SCREENS[0]), []
    for path in PUBLIC:
        page.goto(path.replace("/en/", "/fa/"))
        assert page.locator("html").get_attribute("dir") == "rtl"
        found += violations(page)
    assert not found, "\n".join(found)
