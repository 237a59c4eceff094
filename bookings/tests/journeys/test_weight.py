"""What a reader's phone has to load: no script, and few kilobytes of style."""

import gzip

import pytest
from playwright.sync_api import Page, Response

from bookings.tests.journeys.pages import PUBLIC

pytestmark = pytest.mark.journey
STYLE_AND_SCRIPT, FIRST_VIEW = 30_000, 200_000  # bytes, compressed


def test_pages_are_light_and_run_no_script(page: Page) -> None:
    loaded: list[Response] = []
    page.on("response", lambda one: loaded.append(one))
    for path in PUBLIC:
        loaded.clear()
        page.goto(path)
        assert page.locator('script:not([type="application/ld+json"])').count() == 0, path
        styles = [one for one in loaded if one.request.resource_type in {"stylesheet", "script"}]
        assert styles, path
        assert weight(styles) <= STYLE_AND_SCRIPT, path
        assert weight(loaded) <= FIRST_VIEW, path


def weight(loaded: list[Response]) -> int:
    """With gzip, the weaker of the two compressions that browsers are sent; a redirect has no body to weigh."""
    return sum(len(gzip.compress(one.body())) for one in loaded if not 300 <= one.status < 400)
