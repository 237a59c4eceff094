"""Every page that a booking can show, one after the other."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment
from bookings.tests.journeys.steps import (
    arrived_at,
    ask,
    has_answered,
    reference_on,
    times,
    to_check,
    to_times,
    write_details,
)

Look = Callable[[Page], None]


def let_the_hold_run_out() -> None:
    """As if the minutes were over, for whoever holds a time."""
    Appointment.objects.filter(held_until__isnull=False).update(held_until=timezone.now() - timedelta(minutes=1))


def while_booking(page: Page, look: Look) -> None:
    """From the questions to the check page, with mistakes and a hold that runs out."""
    page.goto("/en/book/")
    has_answered(page)
    page.goto("/en/book/pigmentation/?ended=1")
    look(page)
    to_times(page)
    page.get_by_role("table").get_by_role("link").last.click()
    expect(page.get_by_role("table").get_by_role("link").last).to_have_attribute("aria-current", "date")
    look(page)
    times(page).first.click()
    arrived_at(page, "Your details")
    look(page)
    write_details(page, **{"Full name": "", "Email address": "ada", "Phone number": "12"})
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)
    write_details(page)
    arrived_at(page, "Check your answers")
    look(page)
    let_the_hold_run_out()
    page.reload()
    look(page)


def after_losing_a_time(page: Page, rival: Page, look: Look) -> None:
    for visitor in (page, rival):
        to_times(visitor)
    times(rival).first.click()
    arrived_at(rival, "Your details")
    times(page).first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)


def after_asking(page: Page, look: Look) -> None:
    """The appointment's page, as staff answer it."""
    to_check(page)
    ask(page)
    asked = Appointment.objects.get(reference=reference_on(page))
    look(page)
    for state in (State.CONFIRMED, State.CANCELLED):
        change_state(appointment=asked, to=state, actor=Actor.STAFF, now=timezone.now())
        page.reload()
        look(page)


def without_cookies(page: Page, look: Look) -> None:
    """What a form answers whose security cookie is gone."""
    to_times(page)
    page.context.clear_cookies()
    times(page).first.click()
    arrived_at(page, "This page stayed closed")
    look(page)
