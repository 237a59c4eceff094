"""A window of 320 pixels, which is also a desktop enlarged four times: nothing scrolls sideways or is too small."""

import pytest

from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.narrow import problems
from bookings.tests.journeys.pages import PUBLIC, TREATMENTS

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("language", ["en", "fa"])
def test_public_pages_fit(visit: Open, language: str) -> None:
    page, found = visit(320, 640), []
    for path in {*PUBLIC, *(f"/en/treatments/{slug}/" for slug in TREATMENTS)}:
        page.goto(path.replace("/en/", f"/{language}/"))
        found += problems(page)
    assert not found, "\n".join(found)


def test_what_does_not_fit_would_be_noticed(visit: Open) -> None:
    page = visit(320, 640)
    page.goto("/en/privacy/")
    page.get_by_role("heading", level=1).evaluate("title => { title.style.inlineSize = '400px' }")
    page.get_by_role("link", name="Home", exact=True).evaluate("link => { link.style.fontSize = '8px' }")
    found = problems(page)
    assert [line for line in found if line.endswith("scrolls sideways")]
    assert [line for line in found if "Home" in line]
