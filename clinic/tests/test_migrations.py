"""Text that was there before a migration is there after it, and comes back."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

MIGRATION: Any = import_module("clinic.migrations.0002_booking_rules_and_spoken_languages")


def apps(people: list[SimpleNamespace]) -> SimpleNamespace:
    """As a migration sees them: the tables themselves go back and forth in bookings/tests/races."""
    model = SimpleNamespace(objects=SimpleNamespace(all=lambda: people))
    return SimpleNamespace(get_model=lambda app, name: model)


def person(slug: str, text: str) -> SimpleNamespace:
    saved = {"save": lambda update_fields: None}
    return SimpleNamespace(slug=slug, languages=text, languages_en=text, speaks=[], **saved)


def test_languages_written_as_text_become_codes_and_text_again(capsys: pytest.CaptureFixture[str]) -> None:
    written = {"a": "German, English and Farsi.", "b": "", "c": "Elvish; dutch, Dutch"}
    people = [person(slug, text) for slug, text in written.items()]
    MIGRATION.text_to_codes(apps(people), None)
    assert [one.speaks for one in people] == [["de", "en", "fa"], [], ["nl"]]
    assert "“Elvish” is none we know" in capsys.readouterr().out
    MIGRATION.codes_to_text(apps(people), None)
    texts = ["German, English, Persian", "", "Dutch"]
    assert [(one.languages, one.languages_en) for one in people] == [(text, text) for text in texts]
