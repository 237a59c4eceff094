"""The details page: one form, its errors, and what was typed."""

import pytest

from bookings.enums import Need
from bookings.models import Appointment, Patient
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.ways import DETAILS, to_details
from clinic.models import Clinic

NOTHING = {"name": "", "email": "", "phone": ""}
# What is asked, by the control that the error leads to.
MESSAGES = {
    "whose_0": "Choose who the appointment is for",
    "name": "Enter the name of the person who comes",
    "birth_date_0": "Enter the date of birth",
    "phone": "Enter your phone number",
    "email": "Enter your email address",
    "channel_0": "Choose how you like to hear from us",
}
CONTROLS = [
    ("booked_by", "text", "name"),
    ("name", "text", "name"),
    ("birth_date_day", "text", "bday-day"),
    ("birth_date_month", "text", "bday-month"),
    ("birth_date_year", "text", "bday-year"),
    ("phone", "tel", "tel"),
    ("email", "email", "email"),
]


def test_each_field_has_a_label_its_help_and_what_the_browser_may_fill_in(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    form = visitor.main.form_with("Continue")[0]
    for name, kind, fills in CONTROLS:
        control = form.one("input", name=name)
        assert (control.get("type"), control.get("autocomplete")) == (kind, fills)
        assert form.one("label", for_=control.get("id")).text
        assert control.get("aria-invalid") == ""
        for described in control.get("aria-describedby").split():
            assert visitor.page.one("p", id=described).text
    assert [legend.text for legend in form.all("legend")] == [
        "Who is the appointment for?",
        "Date of birth",
        "How do you like to hear from us?",
        "What would help you on the day? (optional)",
    ]
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
        groups = [group for group in visitor.main.all("fieldset") if control in group.all("input")]
        described = (groups or [control])[0].get("aria-describedby")
        assert f"Error: {message}" in [visitor.page.one("p", id=one).text for one in described.split()]


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
        ("birth_date_month", "13", "Enter the month as a number from 1 to 12"),
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
    assert name in visitor.main.all("dl", class_="summary")[1].text
    assert not visitor.main.all("script")


def test_a_persian_name_and_phone_come_through_to_the_check_page(diary: Diary, visitor: Visitor) -> None:
    typed = {"name": "سیده‌فاطمه رضایی", "birth_date_year": "۱۹۸۵", "phone": "+۹۸ ۲۱ ۲۲۳۳ ۴۴۵۵"}
    to_details(visitor, diary).press("Continue", **{**TYPED, **typed})
    summary = visitor.main.all("dl", class_="summary")[1]
    assert "10 December 1985" in summary.text
    assert "سیده‌فاطمه رضایی" in [one.text for one in summary.all("bdi")]
    assert "+98 21 2233 4455" in [one.text for one in summary.all("span", dir="ltr")]


def test_a_local_number_is_read_in_the_country_of_the_chosen_place(diary: Diary, visitor: Visitor) -> None:
    diary.location.country = "AE"
    diary.location.save()
    to_details(visitor, diary).press("Continue", **{**TYPED, "phone": "050 123 4567"})
    assert "+971 50 123 4567" in visitor.main.text


def test_who_books_for_someone_else_is_asked_for_their_own_name_too(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    label = visitor.main.one("label", for_="id_booked_by")
    assert label.text == "Your own name (only if you book for someone else)"
    visitor.press("Continue", **{**TYPED, "whose": "other"})
    assert [link.get("href") for link in visitor.main.one("div", class_="error-summary").all("a")] == ["#id_booked_by"]
    visitor.press("Continue", booked_by="Grace Example").press("Ask for this appointment")
    patient = Patient.objects.get()
    assert (patient.name, patient.booked_by) == ("Ada Example", "Grace Example")


def test_their_name_is_asked_right_after_the_question_that_decides_about_it(diary: Diary, visitor: Visitor) -> None:
    controls = to_details(visitor, diary).main.form_with("Continue")[0].all("input")
    names = list(dict.fromkeys(control.get("name") for control in controls if control.get("type") != "hidden"))
    assert names[:3] == ["whose", "booked_by", "name"]


def test_the_language_is_asked_only_where_the_clinic_has_several(diary: Diary, visitor: Visitor) -> None:
    assert "language" not in to_details(visitor, diary).main.form_with("Continue")[0].names()
    Clinic.objects.update(languages=["en", "fa"])
    visitor.get(DETAILS)
    assert visitor.main.form_with("Continue")[0].fields()["language"] == "en"
    visitor.press("Continue", **TYPED, language="fa").press("Ask for this appointment")
    assert Patient.objects.get().language == "fa"


def test_what_would_help_is_ticked_not_written(diary: Diary, visitor: Visitor) -> None:
    form = to_details(visitor, diary).main.form_with("Continue")[0]
    ticks = [control for control in form.all("input", name="needs") if control.get("type") == "checkbox"]
    assert {control.get("value") for control in ticks} == set(Need.values)
    assert not form.all("textarea")
    visitor.press("Continue", **TYPED, needs=["interpreter", "chaperone"])
    assert "An interpreter A chaperone in the room" in visitor.main.text
    visitor.press("Ask for this appointment")
    assert Appointment.objects.get().needs == ["interpreter", "chaperone"]
