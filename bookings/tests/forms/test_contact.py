"""Email addresses and phone numbers as people type them."""

import pytest

from bookings.tests.forms.asked import form

NO_PHONE = "Enter a phone number, with the country code if it is from another country"
NO_EMAIL = "Enter an email address like name@example.com"


@pytest.mark.parametrize(
    ("region", "typed", "number"),
    [
        ("DE", "0151 12345678", "+4915112345678"),
        ("DE", "(030) 231-25001", "+493023125001"),
        ("DE", "030/23125001", "+493023125001"),
        ("DE", "+49 30 23125 001", "+493023125001"),
        ("DE", "0049 30 23125001", "+493023125001"),
        ("DE", "+49 (0)30 23125001", "+493023125001"),
        ("DE", "+98 21 2233 4455", "+982122334455"),
        ("DE", "+98 ۲۱ ۲۲۳۳ ۴۴۵۵", "+982122334455"),  # Persian digits
        ("DE", "٠١٥١ ١٢٣٤٥٦٧٨", "+4915112345678"),  # Arabic digits
        ("DE", "＋４９ ３０ ２３１２５００１", "+493023125001"),  # full width
        ("DE", "\u202a+49 30 23125001\u202c", "+493023125001"),  # as copied from an address book
        ("DE", "tel:+493023125001", "+493023125001"),
        ("IR", "۰۹۱۲ ۱۲۳ ۴۵۶۷", "+989121234567"),
        ("IR", "021-22334455", "+982122334455"),
        ("AE", "050 123 4567", "+971501234567"),
        ("AE", "٠٥٠ ١٢٣ ٤٥٦٧", "+971501234567"),
        ("AE", "+44 7400 123456", "+447400123456"),
    ],
)
def test_a_phone_number_is_read_as_people_of_the_place_write_it(region: str, typed: str, number: str) -> None:
    found = form(region=region, phone=typed)
    assert found.is_valid(), found.errors
    assert found.cleaned_data["phone"].as_e164 == number


@pytest.mark.parametrize(
    "typed", ["12", "call me", "+49", "0151 12345678 901234567", "ada@example.com", "٫٫٫", "+999 1234567", "0" * 5000]
)
def test_what_is_no_phone_number_is_refused_at_its_field(typed: str) -> None:
    found = form(phone=typed)
    assert dict(found.errors) == {"phone": [NO_PHONE]}


@pytest.mark.parametrize("typed", ["", "  ", "\u200e", "\x00"])
def test_an_empty_phone_number_is_asked_for(typed: str) -> None:
    assert dict(form(phone=typed).errors) == {"phone": ["Enter your phone number"]}


@pytest.mark.parametrize(
    "email", ["ada@example.com", "a.b+c@mail.example.co.uk", "ADA@Example.com", "x_y@example.museum"]
)
def test_an_email_address_is_kept_as_it_is_written(email: str) -> None:
    found = form(email=f"  {email} ")
    assert found.is_valid(), found.errors
    assert found.cleaned_data["email"] == email


@pytest.mark.parametrize(
    "email",
    [
        "ada",
        "ada@",
        "@example.com",
        "ada@example",
        "ada example@example.com",
        "ada@example.com, grace@example.com",
        "ada@example.com\nBcc: all@example.com",
        "ada@exam\u202eple.com",
        "ada@example..com",
    ],
)
def test_what_is_no_email_address_is_refused_at_its_field(email: str) -> None:
    assert dict(form(email=email).errors) == {"email": [NO_EMAIL]}


@pytest.mark.parametrize("email", ["ada\x00@example.com", "a" * 250 + "@example.com", "a" * 50_000])
def test_an_email_address_that_could_not_be_stored_is_refused_in_the_same_words(email: str) -> None:
    assert dict(form(email=email).errors) == {"email": [NO_EMAIL]}


def test_an_empty_email_address_is_asked_for() -> None:
    assert dict(form(email=" ").errors) == {"email": ["Enter your email address"]}
