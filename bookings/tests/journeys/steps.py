"""The steps of a booking, as someone takes them who reads the page: by headings, links, labels and buttons."""

import re
from types import SimpleNamespace

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from bookings.tests.prepared import prepared
from treatments.models import Treatment

TREATMENT, PLACE, DOCTOR = "Pigmentation", "Berlin, Seerosenweg", "Dr. Leyla Farrokh"
DETAILS = {
    "Full name": "Ada Example",
    "Day": "10",
    "Month": "12",
    "Year": "1985",
    "Phone number": "0151 12345678",
    "Email address": "ada@example.com",
}
CHOSEN = {"Who is the appointment for?": "For me", "How do you like to hear from us?": "Email"}
ENDS_WITH_A_TIME = re.compile(r" \d\d:\d\d$")
MONTH = re.compile(r"^[A-Z][a-z]+ \d{4}$")
REFERENCE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def arrived_at(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def choose_treatment(page: Page, treatment: str = TREATMENT) -> None:
    """As someone who has answered all that is asked before a time: a few journeys answer it page by page."""
    page.goto("/en/book/")
    has_answered(page, treatment)
    main(page).get_by_role("link", name=treatment).click()


def has_answered(page: Page, treatment: str = TREATMENT) -> None:
    """Give the browser the session of someone who has answered; one that it has keeps everything else."""
    name = settings.SESSION_COOKIE_NAME
    about = SimpleNamespace(treatment=Treatment.objects.get(name_en=treatment), now=timezone.now())
    key = next((cookie["value"] for cookie in page.context.cookies() if cookie["name"] == name), None)
    session = SessionStore(key)
    session.update(prepared(about) | dict(session.items()))
    session.save()
    page.context.add_cookies([{"name": name, "value": session.session_key, "url": page.url}])


def answer_the_questions(page: Page) -> None:
    """Old enough, agreed, and no to every question."""
    arrived_at(page, "Are you 18 or over?")
    answer(page, "Yes")
    arrived_at(page, "May we use your answers?")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Continue").click()
    while re.search("/questions/", page.url):
        answer(page, "No")


def answer(page: Page, reply: str) -> None:
    before = page.url
    main(page).get_by_role("radio", name=reply, exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(lambda url: url != before)


def choose_place(page: Page, place: str = PLACE) -> None:
    arrived_at(page, "Where would you like to come?")
    main(page).get_by_role("link", name=place).click()
    arrived_at(page, "Choose a time")


def times(page: Page) -> Locator:
    """The buttons of all times shown, those of the nearest ones first where a time was lost."""
    return main(page).get_by_role("button", name=ENDS_WITH_A_TIME)


def look_ahead(page: Page) -> None:
    """One practitioner's first day of the month after: nobody else can stand in, and a whole day of times is free."""
    main(page).get_by_role("link", name=DOCTOR).click()
    expect(main(page).get_by_role("link", name=DOCTOR)).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name=MONTH).last.click()
    expect(page.get_by_role("heading", name="Choose a day")).to_be_visible()
    day = page.get_by_role("table").get_by_role("link").first
    day.click()
    expect(day).to_have_attribute("aria-current", "date")


def fill_in_details(page: Page, **changed: str) -> None:
    arrived_at(page, "Your details")
    for label, text in {**DETAILS, **changed}.items():
        page.get_by_label(label, exact=True).fill(text)
    for question, answer in CHOSEN.items():
        page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def write_details(page: Page, **changed: str) -> None:
    fill_in_details(page, **changed)
    page.get_by_role("button", name="Continue").click()


def ask(page: Page) -> None:
    arrived_at(page, "Check your answers")
    page.get_by_role("button", name="Ask for this appointment").click()


def row(page: Page, term: str) -> Locator:
    """What the summary says next to a term."""
    return page.get_by_role("term").filter(has_text=re.compile(f"^{term}$")).locator("xpath=following-sibling::dd[1]")


def reference_on(page: Page) -> str:
    """The reference that the patient's page shows, once it is there."""
    arrived_at(page, "We have your request")
    found = REFERENCE.fullmatch(row(page, "Reference").inner_text())
    assert found, "there is no reference"
    return found.group()


def to_times(page: Page) -> None:
    choose_treatment(page)
    choose_place(page)
    look_ahead(page)


def to_details(page: Page) -> None:
    to_times(page)
    times(page).first.click()
    arrived_at(page, "Your details")


def to_check(page: Page, **changed: str) -> None:
    to_details(page)
    write_details(page, **changed)
    arrived_at(page, "Check your answers")
