"""Each outcome of the questions, as a patient and the staff meet it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from bookings.models import Appointment, Screening
from bookings.tests.journeys.answering import INFECTION, answer_until, go_on, to_the_first_question
from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.steps import (
    PLACE,
    answer,
    arrived_at,
    ask,
    choose_place,
    main,
    reference_on,
    times,
    write_details,
)

pytestmark = pytest.mark.journey


def says_yes(page: Page) -> None:
    main(page).get_by_role("radio", name="Yes", exact=True).check()
    go_on(page)


def asks_for_the_first_time(page: Page) -> Screening:
    """From the place on; returns what was stored."""
    choose_place(page, PLACE)
    times(page).first.click()
    write_details(page)
    ask(page)
    return Screening.objects.get(appointment__reference=reference_on(page))


def test_not_suitable_reads_why_and_leaves_nothing(page: Page) -> None:
    before = Appointment.objects.count(), Screening.objects.count()
    page.goto("/en/book/pigmentation/")
    main(page).get_by_role("radio", name="No", exact=True).check()
    go_on(page)
    arrived_at(page, "This treatment is for people of 18 or over")
    expect(main(page).get_by_role("link", name="Read about our other treatments")).to_be_visible()
    assert [cookie["name"] for cookie in page.context.cookies()] == [settings.CSRF_COOKIE_NAME]
    assert (Appointment.objects.count(), Screening.objects.count()) == before


def test_not_now_reads_why_and_can_mend_a_slip(page: Page) -> None:
    to_the_first_question(page)
    says_yes(page)
    arrived_at(page, "Please wait with this treatment")
    expect(main(page)).to_contain_text("We have not kept your answers.")
    page.go_back()
    answer(page, "No")
    assert "/questions/2/" in page.url
    while "/questions/" in page.url:
        answer(page, "No")
    arrived_at(page, "Where would you like to come?")


def test_whoever_must_wait_is_offered_later_days(page: Page) -> None:
    to_the_first_question(page)
    answer_until(page, INFECTION)
    answer(page, "Yes")
    healed = timezone.localdate() - timedelta(days=4)
    for part in ("day", "month", "year"):
        page.get_by_label(part.title(), exact=True).fill(str(getattr(healed, part)))
    go_on(page)
    page.wait_for_url("**/questions/4/")
    while "/questions/" in page.url:
        answer(page, "No")
    first_day = healed + timedelta(days=14)
    expect(main(page)).to_contain_text(f"the first day is {first_day:%A} {first_day.day} {first_day:%B %Y}.")
    kept = asks_for_the_first_time(page)
    assert kept.not_before == first_day
    assert kept.appointment.local_start.date() >= first_day


def test_what_a_clinician_reviews_is_said_and_flagged(page: Page) -> None:
    to_the_first_question(page)
    while "/questions/" in page.url:
        answer(page, "Not sure")
    expect(main(page)).to_contain_text("A clinician will look at your answers before we confirm the appointment.")
    assert asks_for_the_first_time(page).waits_for_review


def test_fine_answers_are_stored_and_asked_once(page: Page, visit: Open) -> None:
    to_the_first_question(page)
    while "/questions/" in page.url:
        answer(page, "No")
    page.goto("/en/book/hair-and-scalp/")
    arrived_at(page, "Where would you like to come?")
    kept = asks_for_the_first_time(page)
    assert (kept.needs_review, kept.not_before) == (False, None)
    # Of the answers, nothing is left in the browser's session.
    page.goto("/en/book/pigmentation/")
    assert "/questions/1/" in page.url
