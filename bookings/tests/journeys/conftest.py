"""A real browser in front of the demonstration, and the people who use it."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bookings import demo
from bookings.tests.journeys import photograph
from bookings.tests.journeys.trouble import Trouble

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Milliseconds; a busy machine may need them, a page that is well does not.
PATIENCE = 20_000

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run; every visitor gets a fresh profile in it."""
    expect.set_options(timeout=PATIENCE)
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def kept() -> photograph.Rows:
    """The demonstration as the first journey of this process loaded it."""
    return {}


@pytest.fixture
def site(transactional_db: None, live_server: Any, kept: photograph.Rows) -> str:
    """The address of a server that shows the demonstration, untouched by any journey before."""
    if kept:
        photograph.put_back(kept)
    else:
        demo.load(now=timezone.now())
        kept.update(photograph.take())
    return str(live_server.url)


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Open]:
    """Opens a page for someone new: own cookies, own window. Afterwards, nothing may have gone wrong in any."""
    contexts, trouble = [], Trouble(site)

    def someone(width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=site, viewport={"width": width, "height": height}, locale="en-GB", **options
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        trouble.watch(page)
        return page

    yield someone
    for context in contexts:
        context.close()
    assert not trouble.seen, "\n".join(trouble.seen)


@pytest.fixture
def page(visit: Open) -> Page:
    return visit()


@pytest.fixture
def phone(visit: Open) -> Page:
    """A visitor with a small phone."""
    return visit(360, 740)


@pytest.fixture
def staff(visit: Open) -> Page:
    """A member of staff who has signed in."""
    User.objects.create_superuser("vera", "vera@nilufar.example", "lotus pond at dusk")
    page = visit()
    page.goto("/admin/")
    page.get_by_label("Username").fill("vera")
    page.get_by_label("Password").fill("lotus pond at dusk")
    page.get_by_role("button", name="Log in").click()
    return page
