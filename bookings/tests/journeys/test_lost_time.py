"""Two people want the same time."""

import pytest
from playwright.sync_api import Page, expect

from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.steps import arrived_at, ask, look_ahead, row, times, to_check, to_times

pytestmark = pytest.mark.journey


def takes_the_first_time(page: Page) -> None:
    to_times(page)
    times(page).first.click()
    arrived_at(page, "Your details")


def is_told_it_was_taken(page: Page) -> None:
    """Said first, focused, and with other times to choose from."""
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_be_in_viewport()
    expect(alert.get_by_role("heading")).to_have_text("That time has just been taken")
    expect(alert).to_contain_text("These are the nearest free times:")


def test_the_nearest_times_are_offered(page: Page, visit: Open) -> None:
    to_times(page)
    takes_the_first_time(visit())

    times(page).first.click()
    is_told_it_was_taken(page)
    page.get_by_role("alert").get_by_role("button").first.click()
    arrived_at(page, "Your details")


def test_nothing_is_asked_again(page: Page, visit: Open) -> None:
    to_check(page)
    page.get_by_role("link", name="Change the time").click()
    look_ahead(page)
    # Far from the one already held.
    lost = times(page).last
    said = " ".join(lost.inner_text().split())
    rival = visit()
    to_times(rival)
    rival.get_by_role("button", name=said).click()
    arrived_at(rival, "Your details")

    lost.click()
    is_told_it_was_taken(page)
    expect(page.get_by_role("alert")).to_contain_text("What you typed is kept.")
    page.get_by_role("alert").get_by_role("button").first.click()
    arrived_at(page, "Check your answers")
    expect(row(page, "Name")).to_have_text("Ada Example")
    ask(page)
    arrived_at(page, "We have your request")
