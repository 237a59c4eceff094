"""Who comes, who asks for it, and what they would like."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation
from pytest_django import Settings

from bookings.actions.booking import Contact
from bookings.forms.details import DetailsForm, as_initial, typed_in
from bookings.tests.browser import TYPED
from bookings.tests.forms.asked import TODAY, form

BIRTH_DATE = ("birth_date_day", "birth_date_month", "birth_date_year")


def contact_of(found: DetailsForm) -> Contact:
    assert found.is_valid(), found.errors
    return found.contact


def born(*parts: str) -> DetailsForm:
    return form(**dict(zip(BIRTH_DATE, parts, strict=True)))


def test_what_is_filled_in_is_a_contact(settings: Settings) -> None:
    settings.SMS_URL = "https://gateway.example/send"
    found = form(channel="sms", needs=["interpreter", "step_free"])
    assert found.is_valid(), found.errors
    assert found.contact == Contact(
        name="Ada Example",
        email="ada@example.com",
        phone="+4915112345678",
        language="en",
        birth_date=date(1985, 12, 10),
        channel="sms",
        booked_by="",
    )
    assert found.cleaned_data["needs"] == ["interpreter", "step_free"]


def test_nothing_at_all_names_every_field_that_must_be_filled_in() -> None:
    found = DetailsForm({}, region="DE", languages=["en", "fa"], today=TODAY)
    assert dict(found.errors) == {
        "whose": ["Choose who the appointment is for"],
        "name": ["Enter the name of the person who comes"],
        "birth_date": ["Enter the date of birth"],
        "phone": ["Enter your phone number"],
        "email": ["Enter your email address"],
        "channel": ["Choose how you like to hear from us"],
        "language": ["Choose a language"],
    }


def test_text_messages_are_offered_only_where_the_clinic_can_send_them(settings: Settings) -> None:
    assert dict(form(channel="sms").errors) == {"channel": ["Choose one of these"]}
    assert "Text message" not in str(form()["channel"])
    settings.SMS_URL = "https://gateway.example/send"
    assert "Text message" in str(form()["channel"])


@pytest.mark.parametrize("field", ["whose", "channel", "language"])
def test_what_is_not_in_the_list_is_refused_in_our_words(field: str) -> None:
    found = form(languages=("en", "fa"), **{"language": "en", field: "\x00nonsense"})
    assert dict(found.errors) == {field: ["Choose one of these"]}


# For someone else


def test_who_books_for_someone_else_says_who_they_are() -> None:
    assert dict(form(whose="other").errors) == {"booked_by": ["Enter your own name"]}
    found = form(whose="other", booked_by="  Grace\tExample ")
    assert found.is_valid(), found.errors
    assert (found.contact.name, found.contact.booked_by) == ("Ada Example", "Grace Example")


@pytest.mark.parametrize("left", ["Grace Example", "x" * 300])
def test_who_changed_their_mind_need_not_empty_a_field_that_is_hidden_again(left: str) -> None:
    found = form(whose="me", booked_by=left)
    assert found.is_valid(), found.errors
    assert found.contact.booked_by == ""


def test_the_name_of_who_books_has_a_length() -> None:
    errors = form(whose="other", booked_by="x" * 121).errors
    assert dict(errors) == {"booked_by": ["Enter a name of at most 120 characters"]}


# Date of birth


@pytest.mark.parametrize("parts", [("10", "12", "1985"), ("۱۰", "۱۲", "۱۹۸۵"), ("١٠", "١٢", "١٩٨٥")])
def test_a_date_of_birth_is_read_in_latin_persian_and_arabic_digits(parts: tuple[str, str, str]) -> None:
    assert contact_of(born(*parts)).birth_date == date(1985, 12, 10)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("8", "12", "2026"), "Enter a date of birth that is not in the future"),
        (("31", "12", "1899"), "Enter a date of birth in 1900 or later"),
        (("30", "2", "1985"), "February 1985 has only 28 days"),
        (("10", "", "1985"), "Enter the month as well"),
        (("10", "12", "85"), "Enter the year with all four digits"),
    ],
)
def test_what_is_no_date_of_birth_is_refused(parts: tuple[str, str, str], message: str) -> None:
    assert dict(born(*parts).errors) == {"birth_date": [message]}


@pytest.mark.parametrize("parts", [("7", "12", "2026"), ("1", "1", "1900")])
def test_its_bounds_are_still_dates_of_birth(parts: tuple[str, str, str]) -> None:
    assert born(*parts).is_valid()


# Language


def test_with_one_language_nobody_is_asked_which() -> None:
    found = form(languages=("en",))
    assert "language" not in found.fields
    assert contact_of(found).language == "en"


def test_with_several_the_one_of_the_page_is_chosen_already_and_another_may_be() -> None:
    with translation.override("fa"):
        found = DetailsForm(region="DE", languages=["en", "fa"], today=TODAY)
        assert found["language"].value() == "fa"
        assert [choice for choice, _name in found.fields["language"].choices] == ["en", "fa"]
        assert contact_of(form(languages=("en", "fa"), language="en")).language == "en"


def test_only_the_clinics_languages_can_be_chosen() -> None:
    assert "language" in form(languages=("en", "fa"), language="ar").errors


# Needs


def test_nobody_needs_anything() -> None:
    assert form(needs=[]).is_valid()


# The trap


@pytest.mark.parametrize("filled", ["http://spam.example", " ", "0"])
def test_a_program_that_fills_in_everything_is_told_what_to_leave_out(filled: str) -> None:
    found = form(homepage=filled)
    assert dict(found.errors) == {"homepage": ["Please leave this field empty"]}
    assert "value" not in str(found["homepage"])


# What the session keeps


def test_what_was_typed_comes_back_as_it_was_typed() -> None:
    sent = QueryDict("whose=other&name=%20Ada&birth_date_day=۳۱&birth_date_month=x&needs=sight&needs=hearing&phone=12")
    typed = typed_in(sent)
    shown = DetailsForm(initial=as_initial(typed), region="DE", languages=["en"], today=TODAY)
    assert not shown.errors
    assert (shown["whose"].value(), shown["name"].value(), shown["phone"].value()) == ("other", " Ada", "12")
    day, month, year = (part.control for part in shown["birth_date"].parts)
    assert 'value="۳۱"' in day
    assert 'value="x"' in month
    assert "value" not in year
    assert set(shown["needs"].value()) == {"sight", "hearing"}


def test_no_more_is_kept_of_an_answer_than_any_that_is_taken() -> None:
    sent = QueryDict(mutable=True)
    sent.update({**TYPED, "name": "x" * 10_000, "homepage": "http://spam.example", "health": "…"})
    sent.setlist("needs", ["sight", "x" * 10_000, "sight"])
    typed = typed_in(sent)
    assert max(len(text) for text in typed.values()) == 500
    assert typed["needs"] == ["sight"]
    assert not {"homepage", "health"} & set(typed)


def test_whoever_has_typed_nothing_gets_the_usual_first_answers() -> None:
    assert as_initial({}) == {}
