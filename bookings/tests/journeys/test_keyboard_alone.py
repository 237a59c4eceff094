"""Reading and booking on a small screen with nothing but Tab, Enter and Space."""

import pytest
from playwright.sync_api import Page, expect

from bookings.tests.journeys.keyboard import Keyboard
from bookings.tests.journeys.steps import DETAILS, PLACE, arrived_at, main, reference_on, times, to_details

pytestmark = pytest.mark.journey


def test_booking_with_the_keyboard_alone(phone: Page) -> None:
    keyboard, page = Keyboard(phone), phone
    page.goto("/")
    keyboard.choose(main(page).get_by_role("link", name="Brown patches on the face"))
    arrived_at(page, "Brown patches on the face")
    keyboard.choose(main(page).get_by_role("link", name="Pigmentation", exact=True))
    arrived_at(page, "Pigmentation")
    keyboard.choose(main(page).get_by_role("link", name="Book a consultation").first)
    answers_the_questions(keyboard)
    arrived_at(page, "Where would you like to come?")
    keyboard.choose(main(page).get_by_role("link", name=PLACE))
    arrived_at(page, "Choose a time")
    chooses_a_day_and_a_time(keyboard)
    arrived_at(page, "Your details")
    writes_the_details(keyboard)
    arrived_at(page, "Check your answers")
    keyboard.choose(page.get_by_role("button", name="Ask for this appointment"), "Space")
    reference_on(page)


def answers_the_questions(keyboard: Keyboard) -> None:
    """Old enough, agreed, and no to every question: the radios by their arrow keys."""
    page = keyboard.page
    arrived_at(page, "Are you 18 or over?")
    keyboard.choose(page.get_by_role("radio", name="Yes", exact=True), "Space")
    keyboard.choose(page.get_by_role("button", name="Continue"))
    arrived_at(page, "May we use your answers?")
    keyboard.choose(page.get_by_role("checkbox"), "Space")
    keyboard.choose(page.get_by_role("button", name="Continue"))
    page.wait_for_url("**/questions/**")
    while "/questions/" in (before := page.url):
        keyboard.go_to(page.get_by_role("radio", name="Yes", exact=True))
        keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name="No", exact=True)).to_be_checked()
        keyboard.choose(page.get_by_role("button", name="Continue"))
        page.wait_for_url(lambda url, before=before: url != before)


def chooses_a_day_and_a_time(keyboard: Keyboard) -> None:
    """A day leads to its times: the next Tab is on the first of them."""
    page = keyboard.page
    keyboard.choose(page.get_by_role("table").get_by_role("link").last)
    page.wait_for_url("**#day-title")
    keyboard.step()
    expect(times(page).first).to_be_focused()
    keyboard.press("Space")


def writes_the_details(keyboard: Keyboard) -> None:
    """With a name left out first: from the summary back into the field, then on."""
    page = keyboard.page
    keyboard.choose(page.get_by_role("radio", name="For me", exact=True), "Space")
    for label in ("Day", "Month", "Year", "Phone number", "Email address"):
        keyboard.go_to(page.get_by_label(label, exact=True))
        keyboard.type(DETAILS[label])
    keyboard.choose(page.get_by_role("radio", name="Email", exact=True), "Space")
    keyboard.choose(page.get_by_role("button", name="Continue"))
    expect(page.get_by_role("alert")).to_be_focused()
    keyboard.choose(page.get_by_role("link", name="Enter the name of the person who comes"))
    expect(page.get_by_label("Full name")).to_be_focused()
    keyboard.type(DETAILS["Full name"])
    keyboard.choose(page.get_by_role("button", name="Continue"), "Space")


def test_tab_goes_back_too(phone: Page) -> None:
    to_details(phone)
    keyboard = Keyboard(phone)
    keyboard.go_to(phone.get_by_label("Email address", exact=True))
    for label in list(reversed(DETAILS))[1:]:
        keyboard.step("Shift+Tab")
        expect(phone.get_by_label(label, exact=True)).to_be_focused()


def test_the_skip_link_leads_past_the_header(phone: Page) -> None:
    keyboard = Keyboard(phone)
    phone.goto("/en/treatments/pigmentation/")
    keyboard.step()
    expect(phone.get_by_role("link", name="Skip to the content")).to_be_focused()
    keyboard.press("Enter")
    expect(main(phone)).to_be_focused()
    keyboard.step()
    expect(main(phone).get_by_role("link").first).to_be_focused()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("path", ["/en/", "/en/treatments/pigmentation/", "/en/locations/berlin/"])
def test_the_bottom_bar_never_hides_the_focus(phone: Page, path: str, key: str) -> None:
    phone.goto(path)
    links = phone.get_by_role("link").count()
    assert Keyboard(phone).walk(key) >= links


def test_a_bar_over_the_focus_would_be_noticed(phone: Page) -> None:
    phone.goto("/en/")
    bar = phone.get_by_role("navigation", name="Call or book")
    bar.evaluate("bar => { bar.style.blockSize = '100vh' }")
    with pytest.raises(AssertionError, match="lies under"):
        Keyboard(phone).walk()
