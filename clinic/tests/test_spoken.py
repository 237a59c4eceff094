"""Languages by their codes, named in the reader's language."""

import pytest

from clinic.spoken import CODES, language_choices, language_names


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["German", "Persian"]),
        ("fa", ["آلمانی", "فارسی"]),
        ("ar", ["الألمانية", "الفارسية"]),
        ("pt-br", ["alemão", "persa"]),
    ],
)
def test_names_are_the_readers_and_keep_their_order(language: str, names: list[str]) -> None:
    assert language_names(["de", "fa"], language=language) == names
    assert language_names(["fa", "de"], language=language) == names[::-1]


def test_an_unknown_code_is_left_out() -> None:
    assert language_names(["xx", "de", "haw"], language="en") == ["German"]
    assert language_names([], language="en") == []


@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_the_choices_are_every_code_once_by_name(language: str) -> None:
    choices = language_choices(language=language)
    assert {code for code, _name in choices} == CODES
    assert len(choices) == len(CODES) > 150
    names = [name for _code, name in choices]
    assert names == sorted(names, key=str.casefold)
    assert all(name != code for code, name in choices)
