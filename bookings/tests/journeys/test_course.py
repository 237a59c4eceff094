"""A course from the link of its consultation: consent, the set, one session changed, booked, moved, cancelled."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from bookings.models import Course
from bookings.tests.journeys.axe import violations_by_day_and_night
from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.narrow import problems
from bookings.tests.journeys.steps import arrived_at, main

pytestmark = pytest.mark.journey
Look = Callable[[Page], object]


def lines_of(page: Page) -> list[Locator]:
    return main(page).locator(".course-line").all()


def lines(page: Page) -> list[str]:
    """When each session is, as the list of sessions says it."""
    return main(page).locator(".course-line strong").all_inner_texts()


def press(page: Page, name: str) -> None:
    main(page).get_by_role("button", name=name).click()


def out_of_order(page: Page) -> list[str]:
    """Sessions whose time stands before their number, where both have a column."""
    columns = [(line.locator(".course-line__number"), line.locator(".course-line__when")) for line in lines_of(page)]
    edges = [[one.bounding_box()["x"] for one in pair] for pair in columns]
    return [f"{page.url}: {number} before {when}" for number, when in edges if number >= when]


def agrees(page: Page, look: Look) -> None:
    """Opens the course from the consultation; a box that was not ticked is asked for."""
    page.goto(Course.objects.get().consultation.patient_path())
    look(page)
    main(page).get_by_role("link", name="Choose times for your sessions").click()
    arrived_at(page, "Do you agree to the treatment?")
    look(page)
    expect(page.get_by_role("checkbox")).not_to_be_checked()
    press(page, "Continue")
    expect(page.get_by_role("alert")).to_be_focused()
    look(page)
    page.get_by_role("checkbox", name="I agree to this treatment: Facial rejuvenation.").check()
    press(page, "Continue")


def holds(page: Page, look: Look) -> list[str]:
    """In the afternoon, with anyone; returns what is held."""
    arrived_at(page, "Times for your sessions")
    look(page)
    main(page).get_by_role("link", name="anyone").click()
    page.get_by_role("navigation", name="Time of day").get_by_role("link", name="Afternoon").click()
    shown = lines(page)
    assert len(shown) == 4
    press(page, "Hold these times")
    arrived_at(page, "Do these times suit you?")
    assert lines(page) == shown
    press(page, "Hold them for longer")
    expect(page.get_by_role("status")).to_contain_text("We hold these 4 times for you until")
    look(page)
    return shown


def changes_the_second(page: Page, before: list[str], look: Look) -> list[str]:
    """To the last day that the plan allows; whatever would come too soon moves along, and that is said."""
    main(page).get_by_role("link", name="Change the time of session 2").click()
    arrived_at(page, "Another time for this session")
    look(page)
    page.get_by_role("table").get_by_role("link").last.click()
    main(page).get_by_role("button", name=re.compile(r" \d\d:\d\d$")).last.click()
    expect(page.get_by_role("status").first).to_contain_text("Session 2 has another time.")
    look(page)
    after = lines(page)
    assert after[0] == before[0]
    assert after[1] != before[1]
    return after


def books(page: Page, shown: list[str], look: Look) -> None:
    press(page, "Book these 4 sessions")
    arrived_at(page, "We have your request for these sessions")
    assert lines(page) == shown
    look(page)
    page.reload()
    assert lines(page) == shown


def moves_the_last(page: Page, look: Look) -> None:
    """To another time of its own page's calendar; the page in between says what that does."""
    main(page).get_by_role("link", name="the page of session 4").click()
    arrived_at(page, "We have your request")
    main(page).get_by_role("link", name="Move it to another time").click()
    arrived_at(page, "Choose a new time")
    look(page)
    main(page).get_by_role("button", name=re.compile(r" \d\d:\d\d$")).last.click()
    arrived_at(page, "Move the session?")
    look(page)
    press(page, "Move it")
    expect(page.get_by_role("status")).to_contain_text("Your appointment is moved.")


def cancels_the_third_and_books_it_again(page: Page, course: str, look: Look) -> None:
    page.goto(course)
    main(page).get_by_role("link", name="the page of session 3").click()
    main(page).get_by_role("link", name="Cancel it").click()
    expect(main(page)).to_contain_text(re.compile(r"Without session 3, sessions 2 and 4 are \d+ days apart"))
    press(page, "Cancel the appointment")
    arrived_at(page, "This appointment is cancelled")
    look(page)
    page.goto(course)
    arrived_at(page, "Times for your sessions")
    look(page)
    press(page, "Hold this time")
    press(page, "Book this session")
    arrived_at(page, "We have your request for these sessions")


def walk(page: Page, look: Look) -> None:
    agrees(page, look)
    shown = changes_the_second(page, holds(page, look), look)
    books(page, shown, look)
    course = page.url
    moves_the_last(page, look)
    cancels_the_third_and_books_it_again(page, course, look)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_patient_books_a_course_and_changes_it_on_pages_that_fit(visit: Open, width: int) -> None:
    found: list[str] = []

    def look(page: Page) -> None:
        height = page.viewport_size["height"] if page.viewport_size else 800
        found.extend(violations_by_day_and_night(page))
        page.set_viewport_size({"width": width, "height": height})
        found.extend(problems(page) if width == 320 else out_of_order(page))

    walk(visit(width), look)
    assert not found, "\n".join(found)
    assert Course.objects.get().appointments.filter(state="requested").count() == 4
