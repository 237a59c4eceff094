"""axe reads every kind of page that anyone may read: by day and by night, on a phone and on a desk, in two directions."""

import pytest
from playwright.sync_api import Page

from bookings.tests.journeys.axe import violations, violations_in_both_schemes
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


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_has_nothing_to_say(visit: Open, screen: tuple[int, int]) -> None:
    page, found = visit(*screen), []
    for path in PUBLIC:
        page.goto(path)
        found += violations_in_both_schemes(page)
    assert found == []


def test_axe_has_nothing_to_say_from_right_to_left(visit: Open) -> None:
    """Every language is offered, though only one is signed: pages show what is signed, and say so."""
    Clinic.objects.update(languages=["en", "fa", "ar"])
    page, found = visit(*SCREENS[0]), []
    for path in PUBLIC:
        page.goto(path.replace("/en/", "/fa/"))
        assert page.locator("html").get_attribute("dir") == "rtl"
        found += violations(page)
    assert found == []
