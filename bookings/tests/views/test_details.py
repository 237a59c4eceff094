"""The details page: one form, its errors, and what was typed."""

import pytest

from bookings.tests.browser import TYPED, Visitor
from bookings.tests.factories import Diary
from bookings.tests.views.ways import DETAILS, to_details

NOTHING = {"name": "", "email": "", "phone": ""}
MESSAGES = {
    "name": "Enter your name",
    "email": "Enter your email address",
    "phone": "Enter your phone number",
}


def test_each_field_has_a_label_its_help_and_what_the_browser_may_fill_in(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    form = visitor.main.form_with("Continue")[0]
    for name, kind, fills in (("name", "text", "name"), ("email", "email", "email"), ("phone", "tel", "tel")):
        control = form.one("input", name=name)
        assert (control.get("type"), control.get("autocomplete")) == (kind, fills)
        assert form.one("label", for_=f"id_{name}").text
        assert control.get("aria-invalid") == ""
        for described in control.get("aria-describedby").split():
            assert visitor.page.one("p", id=described).text
    assert visitor.title == "Your details – Test Clinic"


def test_no_star_and_no_check_by_the_browser(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary).press("Continue", **NOTHING)
    form = visitor.main.form_with("Continue")[0]
    assert "novalidate" in form.attributes
    assert "*" not in visitor.main.text


def test_the_errors_stand_in_the_title_in_a_summary_and_at_each_field(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary).press("Continue", **NOTHING)
    assert (visitor.status, visitor.path) == (422, DETAILS)
    assert visitor.title == "Error: Your details – Test Clinic"
    summary = visitor.main.one("div", class_="error-summary")
    assert summary.one("h2").text == "There is a problem"
    assert visitor.page.one("h2", id=summary.get("aria-labelledby")) is not None
    assert "autofocus" in summary.attributes
    links = {link.get("href"): link.text for link in summary.all("a")}
    assert links == {f"#id_{name}": message for name, message in MESSAGES.items()}
    for name, message in MESSAGES.items():
        control = visitor.main.one("input", id=f"id_{name}")
        assert control.get("aria-invalid") == "true"
        said = [visitor.page.one("p", id=one).text for one in control.get("aria-describedby").split()]
        assert f"Error: {message}" in said


def test_the_summary_stands_before_the_heading(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary).press("Continue", **NOTHING)
    text = visitor.main.text
    assert text.index("There is a problem") < text.index("Your details We use them")


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", "x" * 121, "Enter a name of at most 120 characters"),
        ("email", "ada at example", "Enter an email address like name@example.com"),
        ("phone", "12", "Enter a phone number, with the country code if it is from another country"),
    ],
)
def test_one_mistake_is_named_once_and_everything_typed_stays(
    diary: Diary, visitor: Visitor, field: str, typed: str, message: str
) -> None:
    to_details(visitor, diary).press("Continue", **{**TYPED, field: typed})
    assert [link.text for link in visitor.main.one("div", class_="error-summary").all("a")] == [message]
    assert visitor.main.form_with("Continue")[0].fields().items() >= {**TYPED, field: typed}.items()
    invalid = [control.get("name") for control in visitor.main.all("input") if control.get("aria-invalid")]
    assert invalid == [field]


def test_what_was_typed_wrong_is_there_after_a_reload_too(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary).press("Continue", **{**TYPED, "email": "ada at example"})
    visitor.get(DETAILS)
    assert visitor.status == 200
    assert visitor.main.form_with("Continue")[0].fields()["email"] == "ada at example"
    assert not visitor.main.all("div", class_="error-summary")


def test_what_was_typed_is_shown_as_text_never_as_markup(diary: Diary, visitor: Visitor) -> None:
    name = '"><script>alert(1)</script>'
    to_details(visitor, diary).press("Continue", **{**TYPED, "name": name, "phone": "12"})
    assert visitor.main.one("input", name="name").get("value") == name
    assert not visitor.main.all("script")
    visitor.press("Continue", phone=TYPED["phone"])
    assert name in visitor.main.one("dl", class_="summary").text
    assert not visitor.main.all("script")


def test_a_persian_name_and_phone_come_through_to_the_check_page(diary: Diary, visitor: Visitor) -> None:
    typed = {"name": "سیده‌فاطمه رضایی", "email": "fatemeh@example.com", "phone": "+۹۸ ۲۱ ۲۲۳۳ ۴۴۵۵"}
    to_details(visitor, diary).press("Continue", **typed)
    summary = visitor.main.one("dl", class_="summary")
    assert "سیده‌فاطمه رضایی" in [one.text for one in summary.all("bdi")]
    assert "+98 21 2233 4455" in [one.text for one in summary.all("span", dir="ltr")]


def test_a_local_number_is_read_in_the_country_of_the_chosen_place(diary: Diary, visitor: Visitor) -> None:
    diary.location.country = "AE"
    diary.location.save()
    to_details(visitor, diary).press("Continue", **{**TYPED, "phone": "050 123 4567"})
    assert "+971 50 123 4567" in visitor.main.text
