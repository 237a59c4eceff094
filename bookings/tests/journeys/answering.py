"""Every page that comes before a time, one after the other."""

from playwright.sync_api import Page, expect

from bookings.tests.journeys.states import Look
from bookings.tests.journeys.steps import answer, arrived_at, main

INFECTION = "Do you have an infection, a cold sore or inflamed skin where you want treatment?"
DIABETES = "Do you have diabetes?"


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def without_an_answer(page: Page, look: Look) -> None:
    """The page, and the same page with what is wrong."""
    look(page)
    go_on(page)
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)


def to_the_first_question(page: Page) -> None:
    page.goto("/en/book/pigmentation/")
    answer(page, "Yes")
    page.get_by_role("checkbox").check()
    go_on(page)
    page.wait_for_url("**/questions/**")


def answer_until(page: Page, question: str, reply: str = "No") -> None:
    """The same reply to every question before this one."""
    while page.get_by_role("heading", level=1).inner_text() != question:
        answer(page, reply)


def while_answering(page: Page, look: Look) -> None:
    """Age, consent, a question, the day a wait counts from, a follow-up, all answers, and what they lead to."""
    page.goto("/en/book/pigmentation/")
    arrived_at(page, "Are you 18 or over?")
    without_an_answer(page, look)
    answer(page, "Yes")
    arrived_at(page, "May we use your answers?")
    without_an_answer(page, look)
    page.get_by_role("checkbox").check()
    go_on(page)
    page.wait_for_url("**/questions/**")
    without_an_answer(page, look)
    answer_until(page, INFECTION)
    answer(page, "Yes")
    arrived_at(page, "Which day do we count from?")
    without_an_answer(page, look)
    page.get_by_role("checkbox").check()
    go_on(page)
    page.wait_for_url("**/questions/4/")
    answer_until(page, DIABETES)
    answer(page, "Yes")
    arrived_at(page, "Is it well controlled?")
    look(page)
    answer(page, "Yes")
    while "/questions/" in page.url:
        answer(page, "No")
    arrived_at(page, "Where would you like to come?")
    look(page)
    page.goto("/en/book/pigmentation/questions/")
    arrived_at(page, "Your answers")
    look(page)


def after_an_answer_that_stops(page: Page, look: Look) -> None:
    to_the_first_question(page)
    main(page).get_by_role("radio", name="Yes", exact=True).check()
    go_on(page)
    arrived_at(page, "Please wait with this treatment")
    look(page)
    page.goto("/en/book/pigmentation/age/")
    main(page).get_by_role("radio", name="No", exact=True).check()
    go_on(page)
    arrived_at(page, "This treatment is for people of 18 or over")
    look(page)
