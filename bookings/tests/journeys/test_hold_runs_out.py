"""The minutes for which a time is held are over."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from bookings.models import Appointment
from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.states import let_the_hold_run_out
from bookings.tests.journeys.steps import (
    arrived_at,
    ask,
    main,
    reference_on,
    row,
    times,
    to_check,
    to_details,
    to_times,
)

pytestmark = pytest.mark.journey


def test_the_page_says_so_and_holds_it_again(page: Page) -> None:
    to_details(page)
    expect(main(page).get_by_role("status")).to_contain_text("We hold")
    let_the_hold_run_out()
    page.reload()
    expect(main(page).get_by_role("status")).to_contain_text("it is no longer held")

    page.get_by_role("button", name="Hold it again").click()
    expect(main(page).get_by_role("status")).to_contain_text("We hold")
    assert Appointment.objects.get(held_until__isnull=False).held_until > timezone.now()


def test_a_free_time_can_still_be_asked_for(page: Page) -> None:
    to_check(page)
    let_the_hold_run_out()
    ask(page)
    reference_on(page)


def test_someone_else_may_take_it_meanwhile(page: Page, visit: Open) -> None:
    to_check(page)
    let_the_hold_run_out()
    rival = visit()
    to_times(rival)
    times(rival).first.click()
    arrived_at(rival, "Your details")

    ask(page)
    lost = main(page).get_by_role("alert")
    expect(lost).to_contain_text("That time has just been taken")
    expect(lost).to_contain_text("What you typed is kept.")
    lost.get_by_role("button").first.click()
    arrived_at(page, "Check your answers")
    expect(row(page, "Name")).to_have_text("Ada Example")
