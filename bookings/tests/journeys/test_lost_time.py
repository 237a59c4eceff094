"""Two people want the same time."""

import pytest
from playwright.sync_api import Page, expect

from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.steps import DOCTOR, arrived_at, ask, main, row, times, to_check, to_times

pytestmark = pytest.mark.journey


def looks_at_the_doctor(page: Page) -> None:
    """One practitioner's times: nobody else can stand in when one is lost."""
    main(page).get_by_role("link", name=DOCTOR).click()
    expect(main(page).get_by_role("link", name=DOCTOR)).to_have_attribute("aria-current", "true")


def takes_the_first_time(page: Page) -> None:
    to_times(page)
    looks_at_the_doctor(page)
    times(page).first.click()
    arrived_at(page, "Your details")


def is_told_it_was_taken(page: Page) -> None:
    """Said first, focused, and with other times to choose from."""
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_be_in_viewport()
    expect(alert.get_by_role("heading")).to_have_text("That time has just been taken")
    expect(alert).to_contain_text("These are the nearest free times:")


@pytest.mark.parametrize("after_choosing_a_day", [False, True])
def test_the_nearest_times_are_offered(page: Page, visit: Open, after_choosing_a_day: bool) -> None:
    to_times(page)
    looks_at_the_doctor(page)
    if after_choosing_a_day:
        page.get_by_role("table").get_by_role("link").first.click()
    lost = times(page).first
    takes_the_first_time(visit())

    lost.click()
    is_told_it_was_taken(page)
    page.get_by_role("alert").get_by_role("button").first.click()
    arrived_at(page, "Your details")


def test_nothing_is_asked_again(page: Page, visit: Open) -> None:
    to_check(page)
    page.get_by_role("link", name="Change the time").click()
    looks_at_the_doctor(page)
    # Far from the one already held.
    lost = times(page).last
    said = " ".join(lost.inner_text().split())
    rival = visit()
    to_times(rival)
    looks_at_the_doctor(rival)
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
