"""Dates as people type them: three fields, digits of their own script, and an error that names the part."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from bookings.forms.dates import TypedDateField
from bookings.tests.page import read
from clinic.templatetags.questions import first_control


class Asked(forms.Form):
    born = TypedDateField(
        label="Birth date",
        autocomplete="bday",
        latest=date(2026, 12, 3),
        error_messages={"required": "Enter your birth date", "latest": "Enter a day in the past"},
    )
    since = TypedDateField(required=False)


def form(day: str = "", month: str = "", year: str = "") -> Asked:
    return Asked({"born_day": day, "born_month": month, "born_year": year})


@pytest.mark.parametrize(
    "typed",
    [
        ("7", "3", "1990"),
        ("07", "03", "1990"),
        (" 7 ", "3", "1990 "),
        ("۷", "۳", "۱۹۹۰"),  # Persian
        ("٧", "٣", "١٩٩٠"),  # Arabic
        ("\u200e7\u200e", "3", "\u202a1990\u202c"),  # as copied
    ],
)
def test_a_date_is_read_in_digits_of_any_script(typed: tuple[str, str, str]) -> None:
    found = form(*typed)
    assert found.is_valid(), found.errors
    assert found.cleaned_data == {"born": date(1990, 3, 7), "since": None}


@pytest.mark.parametrize(
    ("typed", "message", "wrong"),
    [
        (("", "", ""), "Enter your birth date", ["day", "month", "year"]),
        (("  ", "\u200e", ""), "Enter your birth date", ["day", "month", "year"]),
        (("7", "", "1990"), "Enter the month as well", ["month"]),
        (("", "", "1990"), "Enter the day and the month as well", ["day", "month"]),
        (("7", "", ""), "Enter the month and the year as well", ["month", "year"]),
        (("", "3", ""), "Enter the day and the year as well", ["day", "year"]),
        (("32", "3", "1990"), "Enter the day as a number from 1 to 31", ["day"]),
        (("0", "3", "1990"), "Enter the day as a number from 1 to 31", ["day"]),
        (("7", "13", "1990"), "Enter the month as a number from 1 to 12", ["month"]),
        (("7", "March", "1990"), "Enter the month as a number from 1 to 12", ["month"]),
        (("7", "3", "90"), "Enter the year with all four digits", ["year"]),
        (("7", "3", "19900"), "Enter the year with all four digits", ["year"]),
        (("-7", "3", "²990"), "Enter the day as a number from 1 to 31", ["day", "year"]),
        (("29", "2", "2025"), "February 2025 has only 28 days", ["day"]),
        (("31", "4", "1990"), "April 1990 has only 30 days", ["day"]),
        (("4", "12", "2026"), "Enter a day in the past", ["day", "month", "year"]),
        (("7", "3", "9" * 5000), "Enter the year with all four digits", ["year"]),
    ],
)
def test_an_error_names_its_part_and_its_link_leads_there(
    typed: tuple[str, str, str], message: str, wrong: list[str]
) -> None:
    found = form(*typed)
    assert dict(found.errors) == {"born": [message]}
    shown = [read(str(part.control)).one("input") for part in found["born"].parts]
    assert [one.get("name").removeprefix("born_") for one in shown if one.get("aria-invalid")] == wrong
    assert first_control(found["born"]) == next(one.get("id") for one in shown if one.get("aria-invalid"))


def test_an_error_added_later_is_about_the_whole_date() -> None:
    found = form("7", "3", "1990")
    found.add_error("born", "Too young")
    assert found["born"].wrong == ["day", "month", "year"]


def test_what_was_typed_is_shown_as_it_was_typed() -> None:
    for shown in (form("۷", "<b>", "1990"), Asked(initial={"born": ["۷", "<b>", "1990"]})):
        values = [read(str(part.control)).one("input").get("value") for part in shown["born"].parts]
        assert values == ["۷", "<b>", "1990"]
    values = [part.control for part in Asked(initial={"born": date(1990, 3, 7)})["born"].parts]
    assert ['value="7"' in values[0], 'value="3"' in values[1], 'value="1990"' in values[2]] == [True] * 3


def test_each_part_has_a_label_a_keypad_and_what_a_browser_may_suggest() -> None:
    born = [read(str(part.control)).one("input") for part in Asked()["born"].parts]
    assert [one.get("id") for one in born] == [part.id for part in Asked()["born"].parts]
    assert [one.get("autocomplete") for one in born] == ["bday-day", "bday-month", "bday-year"]
    assert {one.get("inputmode") for one in born} == {"numeric"}
    assert {read(str(part.control)).one("input").get("autocomplete") for part in Asked()["since"].parts} == {"off"}
    with translation.override("en"):
        assert [part.label for part in Asked()["born"].parts] == ["Day", "Month", "Year"]
