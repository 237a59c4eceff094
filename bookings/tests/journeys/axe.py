"""axe, asked for everything it knows of WCAG 2.2 A and AA and of good practice."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Of all rules these alone depend on the colours.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SHARED = {"resultTypes": ["violations"], "preload": False}
EVERYTHING = {"runOnly": RULES, "rules": {"target-size": {"enabled": True}}, **SHARED}


def violations(page: Page, **options: Any) -> list[str]:
    """What axe objects to on the page, a line each: the rule, the element, and why. The page's CSP stays in force."""
    page.wait_for_load_state()
    show_all_of(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    found = page.evaluate("options => axe.run(options)", {**EVERYTHING, **options})["violations"]
    return [
        f"{page.url} {one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


def show_all_of(page: Page) -> None:
    """A window as tall as the page, so that nothing lies under the bar at the window's end by chance."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})


def violations_by_day_and_night(page: Page) -> list[str]:
    """Everything in the light colours, and the colours once more in the dark ones."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = violations(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return found + [f"dark: {line}" for line in violations(page, runOnly=COLOURS, rules={})]
