"""Gaps in words: filled from a fixed set of values, and nothing else is ever evaluated."""

import pytest

from bookings.enums import MessageKind
from bookings.gaps import GAPS, OF_KIND, gaps_of, needed_in
from bookings.paragraphs import blocks
from bookings.queries.message_words import all_defaults, default_words
from bookings.queries.values import VALUES
from bookings.words import fill, gaps_in, one_line, unknown_gaps

SITE = "https://clinic.example"


def test_what_cannot_be_filled_is_named_with_its_braces() -> None:
    known = ["name", "link"]
    assert unknown_gaps("Hello {name}, {link}", known) == []
    for words, wrong in {
        "{phone}": ["{phone}"],
        "{Name} {name}": ["{Name}"],
        "{name": ["{name"],
        "name}": ["}"],
        "{}": ["{}"],
        "{name.email} {name!r}": ["{name!r}", "{name.email}"],
    }.items():
        assert unknown_gaps(words, known) == wrong, words


def test_a_value_is_never_read_as_words() -> None:
    assert fill("Hello {name}: {link}", {"name": "{link} {0}", "link": "x"}) == "Hello {link} {0}: x"
    with pytest.raises(KeyError):
        fill("{name}", {})


def test_what_an_empty_value_leaves_empty_closes_up() -> None:
    assert fill("A\n{gap}\n\n{gap}\n\nB {gap}\n", {"gap": ""}) == "A\n\nB"
    assert one_line("  a\n b\t c ") == "a b c"


def test_every_kind_has_words_with_gaps_that_it_can_fill() -> None:
    assert set(all_defaults()) == set(OF_KIND) == set(MessageKind)
    assert set(GAPS) == set(VALUES) == {gap for gaps in OF_KIND.values() for gap in gaps}
    for kind in MessageKind:
        words = default_words(kind, "en")
        assert words
        for part, short in ((words.subject, True), (words.sms, True), (words.body, False)):
            assert unknown_gaps(part, gaps_of(kind, short=short)) == [], (kind, part)
        assert set(needed_in(kind)) <= gaps_in(words.body), kind


def test_a_text_becomes_paragraphs_lists_and_ways_on() -> None:
    text = f"Hello,\nyou\n\nBring:\n- a list\n- a card\nThanks.\n\nSee it: {SITE}/en/x/\n\nA: {SITE}/a/\nB: {SITE}/b/"
    found = [(block.kind, [tuple(line) for line in block.lines]) for block in blocks(text, site=SITE)]
    assert found == [
        ("text", [("Hello,", ""), ("you", "")]),
        ("text", [("Bring:", "")]),
        ("list", [("a list", ""), ("a card", "")]),
        ("text", [("Thanks.", "")]),
        ("link", [("See it", f"{SITE}/en/x/")]),
        ("text", [("A", f"{SITE}/a/"), ("B", f"{SITE}/b/")]),
    ]


@pytest.mark.parametrize(
    "line",
    ["See: https://evil.example/x", f"See: {SITE}.evil.example/", f"See: {SITE}/a b", f": {SITE}/a", f"{SITE}/a"],
)
def test_nothing_else_becomes_a_link(line: str) -> None:
    assert [one.link for block in blocks(line, site=SITE) for one in block.lines] == [""]
