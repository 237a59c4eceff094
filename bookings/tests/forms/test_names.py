"""Names as people type and paste them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.forms.lines import plain_line
from bookings.tests.forms.asked import form

NO_NAME = "Enter the name of the person who comes"


def kept(name: str) -> str:
    found = form(name=name)
    assert found.is_valid(), found.errors
    return found.cleaned_data["name"]


@pytest.mark.parametrize(
    "name",
    [
        "Ada Example",
        "نرگس رضایی",
        "سیده‌فاطمه می‌رزایی",  # with zero-width non-joiners, which are spelling
        "محمد عبد الرحمٰن",
        "O’Connor-Łukasiewicz",
        "Nguyễn Thị Hòa",
        "李小龍",
        "Ó",
        "<b>Ada</b> & 'Co' \"x\"",
        "👩‍⚕️ Ada",  # joined by a zero-width joiner and shown as one picture
        "X Æ A-12",
    ],
)
def test_a_name_is_kept_as_it_is_written(name: str) -> None:
    assert kept(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Ada   Example  ", "Ada Example"),
        ("Ada\tExample", "Ada Example"),
        ("Ada\r\nBcc: all@example.com", "Ada Bcc: all@example.com"),
        ("Ada\x00Example", "Ada Example"),
        ("Ada\x1b[31m Example", "Ada [31m Example"),
        ("Ada\u2028Example\u2029", "Ada Example"),
        ("Ada \u202eelpmaxE\u202c", "Ada elpmaxE"),  # turned around
        ("\u2066Ada\u2069 \u200fExample", "Ada Example"),
        ("\ufeffAda Example", "Ada Example"),
        ("Ada\u00a0Example", "Ada Example"),
        ("Jose\u0301", "José"),
    ],
)
def test_what_cannot_be_seen_or_turns_text_around_is_dropped(typed: str, name: str) -> None:
    assert kept(typed) == name


@pytest.mark.parametrize("typed", ["", " ", "\t\r\n", "\x00", "\u202e", "\u200b\u2060", "\u200c", "\u200d \u200c"])
def test_a_name_of_which_nothing_can_be_seen_is_no_name(typed: str) -> None:
    assert form(name=typed).errors["name"] == [NO_NAME]


def test_a_name_has_at_most_120_characters() -> None:
    assert kept("x" * 120) == "x" * 120
    assert form(name="x" * 121).errors["name"] == ["Enter a name of at most 120 characters"]
    assert form(name="ش" * 100_000).errors["name"] == ["Enter a name of at most 120 characters"]


def test_the_length_is_that_of_what_is_kept() -> None:
    assert kept(" " * 500 + "x" * 120) == "x" * 120


@given(st.text(max_size=60))
def test_any_text_becomes_one_clean_line_and_stays_it(text: str) -> None:
    line = plain_line(text)
    assert plain_line(line) == line
    assert line == " ".join(line.split())
    kinds = {unicodedata.category(char) for char in line if char not in "\u200c\u200d"}
    assert not kinds & {"Cc", "Cf", "Zl", "Zp"}
