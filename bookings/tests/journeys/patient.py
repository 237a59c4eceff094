"""One patient's whole way: reads, books with a mistake and a change of mind, and asks for the appointment."""

import re

from playwright.sync_api import Page, expect

from bookings.tests.journeys.steps import (
    PLACE,
    answer_the_questions,
    arrived_at,
    ask,
    choose_place,
    main,
    reference_on,
    row,
    times,
    write_details,
)

MISTAKES = {
    "Enter the name of the person who comes": "Full name",
    "Enter an email address like name@example.com": "Email address",
}
SECTIONS = [
    "Key facts",
    "What it is",
    "Who should not have it",
    "What it is for",
    "How to prepare",
    "What happens",
    "Sessions",
    "Results",
    "What can go wrong",
    "When to seek help",
    "Aftercare",
    "Costs",
    "Compared with",
    "Evidence",
    "Questions",
    "References",
]


def finds_the_treatment(page: Page) -> None:
    page.goto("/")
    page.get_by_role("region", name="By concern").get_by_role("link", name="Brown patches on the face").click()
    arrived_at(page, "Brown patches on the face")
    page.get_by_role("region", name="What we offer for it").get_by_role("link", name="Pigmentation").click()
    arrived_at(page, "Pigmentation")


def reads_it(page: Page) -> None:
    """Who should not have it stands before what it is for; when to seek help is there without opening anything."""
    headings = main(page).get_by_role("heading", level=2).all_inner_texts()
    assert [text for text in headings if text in SECTIONS] == SECTIONS
    help_heading = page.get_by_role("heading", name="When to seek help")
    signs = page.locator("section").filter(has=help_heading).last.get_by_role("listitem")
    assert signs.count() > 0
    for shown in [help_heading, *signs.all()]:
        expect(shown).to_be_visible()
    assert page.get_by_role("group").filter(has=help_heading).count() == 0


def chooses_a_time(page: Page) -> str:
    main(page).get_by_role("link", name="Book a consultation").first.click()
    answer_the_questions(page)
    choose_place(page, PLACE)
    first = times(page).first
    chosen = first.inner_text()
    first.click()
    return " ".join(chosen.split())


def makes_mistakes_first(page: Page) -> None:
    """The summary has the focus, its links lead into the fields, and what was typed stays."""
    write_details(page, **{"Full name": "", "Email address": "ada.example.com"})
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("heading")).to_have_text("There is a problem")
    expect(page).to_have_title(re.compile("^Error: "))
    for said, label in MISTAKES.items():
        summary.get_by_role("link", name=said).click()
        expect(page.get_by_label(label, exact=True)).to_be_focused()
        expect(page.get_by_label(label, exact=True)).to_have_accessible_description(re.compile(f"Error: {said}"))
    expect(page.get_by_label("Email address")).to_have_value("ada.example.com")
    expect(page.get_by_label("Phone number")).to_have_value("0151 12345678")
    write_details(page)


def changes_the_name(page: Page) -> None:
    arrived_at(page, "Check your answers")
    page.get_by_role("link", name="Change the name").click()
    expect(page.get_by_label("Full name")).to_be_focused()
    expect(page.get_by_label("Full name")).to_have_value("Ada Example")
    expect(page.get_by_label("Email address")).to_have_value("ada@example.com")
    page.get_by_label("Full name").fill("Ada Beispiel")
    page.get_by_role("button", name="Continue").click()
    arrived_at(page, "Check your answers")
    expect(row(page, "Name")).to_have_text("Ada Beispiel")


def sends_it(page: Page, chosen: str) -> str:
    """The page of the request names the time that was chosen, with its zone, and a reference, which is returned."""
    ask(page)
    reference = reference_on(page)
    day, time = chosen.split(", ")
    expect(main(page)).to_contain_text(re.compile(rf"{day} \d{{4}}"))
    expect(main(page)).to_contain_text(re.compile(rf"{time}–\d\d:\d\d Berlin time \(CES?T\)"))
    return reference


def takes_the_whole_way(page: Page) -> str:
    """From the home page to a request; returns its reference."""
    finds_the_treatment(page)
    reads_it(page)
    chosen = chooses_a_time(page)
    makes_mistakes_first(page)
    changes_the_name(page)
    return sends_it(page, chosen)
