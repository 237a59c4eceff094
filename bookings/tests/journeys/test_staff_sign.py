"""Staff change a page: patients read the old one until the new one is signed."""

import pytest
from playwright.sync_api import Page, expect

from bookings.tests.journeys.steps import DOCTOR, arrived_at, main

pytestmark = pytest.mark.journey
SENTENCE = "Cover the treated skin with a hat or a scarf for a week."
PUBLIC = "/en/treatments/pigmentation/"


def opens_the_treatment(staff: Page) -> None:
    staff.goto("/admin/")
    staff.get_by_role("rowheader").get_by_role("link", name="Treatments", exact=True).click()
    staff.get_by_role("link", name="Pigmentation", exact=True).click()
    arrived_at(staff, "Change treatment")


def test_a_change_is_public_only_once_signed(staff: Page, page: Page) -> None:
    opens_the_treatment(staff)
    patients_read(staff, "edition 1")
    expect(staff.get_by_text("Signed: patients read exactly this")).to_be_visible()
    changes_a_sentence(staff)
    expect(staff.get_by_text("Changed since signed.")).to_be_visible()
    patients_read(staff, "edition 1")

    page.goto(PUBLIC)
    expect(main(page)).not_to_contain_text(SENTENCE)
    previews_the_draft(staff)
    signs_it(staff)
    page.reload()
    expect(main(page)).to_contain_text(SENTENCE)


def patients_read(staff: Page, edition: str) -> None:
    expect(staff.get_by_text(f"{edition}, signed by {DOCTOR}")).to_be_visible()


def changes_a_sentence(staff: Page) -> None:
    summary = staff.get_by_label("Summary")
    summary.fill(f"{summary.input_value()} {SENTENCE}")
    staff.get_by_role("button", name="Save and continue editing").first.click()


def previews_the_draft(staff: Page) -> None:
    staff.get_by_role("link", name="Preview").click()
    expect(staff.get_by_text("Preview of the draft.")).to_be_visible()
    expect(main(staff)).to_contain_text(SENTENCE)
    staff.get_by_role("link", name="Back to editing").click()


def signs_it(staff: Page) -> None:
    staff.get_by_role("link", name="Sign", exact=True).click()
    staff.get_by_label("Reviewed by").select_option(DOCTOR)
    staff.get_by_label("I have read the preview").check()
    staff.get_by_role("button", name="Sign and publish").click()
    patients_read(staff, "edition 2")
    expect(staff.get_by_text("Signed: patients read exactly this")).to_be_visible()
