"""axe, asked for everything it knows of WCAG 2.2 A and AA and of good practice."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def violations(page: Page) -> list[str]:
    """What axe objects to on the page, a line each: the rule, then the element. The page's CSP stays in force."""
    show_all_of(page)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{page.url} {one['id']}: {node['html'][:160]} {node['failureSummary']}" for one in found for node in one["nodes"]
    ]


def show_all_of(page: Page) -> None:
    """A window as tall as the page, so that nothing lies under the bar at the window's end by chance."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})


def violations_in_both_schemes(page: Page) -> list[str]:
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme} {line}" for line in violations(page)]
    return found
