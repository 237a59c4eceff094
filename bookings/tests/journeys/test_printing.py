"""The aftercare sheet, which patients take home on paper."""

import re

import pytest
from playwright.sync_api import Page

from bookings.tests.journeys.pages import TREATMENTS

pytestmark = pytest.mark.journey
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def sheets(page: Page) -> int:
    """How many sheets of A4 the page takes, with the margins that it asks for."""
    return len(PAGE.findall(page.pdf(format="A4", prefer_css_page_size=True)))


@pytest.mark.parametrize("slug", TREATMENTS)
def test_the_aftercare_sheet_prints_on_one_page(page: Page, slug: str) -> None:
    page.goto(f"/en/treatments/{slug}/aftercare/")
    assert sheets(page) == 1


def test_more_than_a_page_would_be_noticed(page: Page) -> None:
    page.goto("/en/treatments/pigmentation/")
    assert sheets(page) > 1
