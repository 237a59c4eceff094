"""How the content files speak: nothing claimed that must not be, in sentences a worried person can read."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from treatments.content_files import FOLDER, read
from treatments.page import SECTIONS

MOST_WORDS = 20
# A reference repeats other people's titles; whatever a patient reads as ours is held to the rules.
FILES = {path.stem: read(path.name) for path in sorted(FOLDER.glob("*.toml")) if path.stem != "references"}

FORBIDDEN = (
    # promises that nobody can keep
    r"pain-?less(?:ly)?|pain[- ]free",
    r"safe(?:ly|r|st)?|harmless(?:ly)?",
    r"risk[- ]free|(?:no|without|free of) (?:any )?(?:risks?|side[- ]effects?|complications?)",
    r"guarantee(?:s|d|ing)?",
    r"permanent(?:ly)?|forever|for life",
    r"instant(?:ly|aneous(?:ly)?)?",
    r"miracles?|miraculous(?:ly)?",
    # what it does not do
    r"detox(?:es|ing|ify|ifies|ifying|ification)?|toxins",
    r"nourish(?:es|ed|ing|ment)?|from within",
    r"alternatives? to liposuction|liposuction alternatives?|non-?surgical liposuction",
    r"(?<!not )(?<!no )weight[- ]loss|(?<!not help you )los(?:e|es|ing) weight|slim(?:mer|ming|s)?",
    r"joints?|arthr\w+|leishmania\w*|(?:treats?|cures?|against) infections?",
    # wrong words
    r"cellulitis",
    r"dehydrotestosterone",
    r"dexixolate",
    r"mesoderm(?:al)?",
    r"topical(?:ly)?",
    r"traditional(?:ly)?",
    r"non-?invasive(?:ly)?",
    r"(?<!non-)steroid(?:s|al)?",
    r"FDA,? \(?such as CE|such as CE",
    r"glasses of water|protein diet|high-protein",
)
FORBIDDEN_WORDS = re.compile(rf"\b(?:{'|'.join(FORBIDDEN)})\b", re.IGNORECASE)
# Prescription-only: no word of them where the public reads, unless the clinic lists such treatments.
MEDICINES = re.compile(
    r"\b(?:finasteride|dutasteride|minoxidil|botulin\w*|botox|toxin|deoxychol\w+|tranexamic)\b", re.IGNORECASE
)
# The end of a sentence: its mark, perhaps a closing quotation mark, and a gap.
SENTENCE_END = re.compile(r"(?<=[.!?])[”’)]?\s+|\n+")
# A number in brackets is somebody's footnote: sources are references.
FOOTNOTE = re.compile(r"\[\d+\]|https?://|www\.", re.IGNORECASE)


def texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every text inside a file, with its place."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, f"{where}.{name}")
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            name = inner.get("key", position) if isinstance(inner, dict) else position
            yield from texts(inner, f"{where}.{name}")


def forbidden(text: str) -> list[str]:
    return FORBIDDEN_WORDS.findall(text)


def long_sentences(text: str) -> list[str]:
    return [part for part in SENTENCE_END.split(text) if len(re.findall(r"\w\S*", part)) > MOST_WORDS]


def misplaced_medicines(page: dict[str, Any]) -> list[str]:
    """The places of a treatment that name a prescription medicine where the public reads."""
    if page.get("prescription_only"):
        return []
    public = {
        name: [row for row in value if not row.get("prescription_only")] if name in SECTIONS else value
        for name, value in page.items()
    }
    return [where for where, text in texts(public, page.get("slug", "")) if MEDICINES.search(text)]


@pytest.mark.parametrize("file", FILES)
def test_no_forbidden_word_or_claim(file: str) -> None:
    assert {where: found for where, text in texts(FILES[file], file) if (found := forbidden(text))} == {}


@pytest.mark.parametrize("file", FILES)
def test_sentences_are_short(file: str) -> None:
    assert {where: found for where, text in texts(FILES[file], file) if (found := long_sentences(text))} == {}


@pytest.mark.parametrize("file", FILES)
def test_medicines_are_named_only_where_they_are_hidden(file: str) -> None:
    assert misplaced_medicines(FILES[file]) == []


def test_sources_are_publications() -> None:
    everything = {**FILES, "references": read("references.toml")}
    assert [where for where, text in texts(everything, "") if FOOTNOTE.search(text)] == []


@pytest.mark.parametrize("file", FILES)
def test_do_not_is_said_on_each_line(file: str) -> None:
    for section in ("preparation", "aftercare"):
        for row in FILES[file].get(section, []):
            assert row["text"].startswith("Do not ") is not row["is_do"], row["key"]


@pytest.mark.parametrize("file", [name for name, page in FILES.items() if "complications" in page])
def test_skin_is_described_for_every_colour(file: str) -> None:
    for row in FILES[file]["complications"]:
        if re.search(r"redness|bruising|dark patches", row["name"], re.IGNORECASE):
            assert "brown and black skin" in row["text"], row["key"]


@pytest.mark.parametrize("file", [name for name, page in FILES.items() if "contraindications" in page])
def test_a_reason_is_one_sentence(file: str) -> None:
    for row in FILES[file]["contraindications"]:
        assert re.fullmatch(r"[^.!?]+\.", row["reason"]), row["key"]


@pytest.mark.parametrize(
    "claim",
    [
        "A painless treatment.",
        "It is completely safe.",
        "There are no side effects.",
        "Results are guaranteed.",
        "It removes fat permanently.",
        "It flushes out toxins.",
        "A gentle alternative to liposuction.",
        "It helps with weight loss.",
        "It treats infections.",
        "Injections against cellulitis",
        "A topical injection into the mesoderm",
        "Steroid tablets",
        "A non-invasive treatment",
        "approved by the FDA (such as CE)",
    ],
)
def test_a_forbidden_claim_is_found(claim: str) -> None:
    assert forbidden(claim)


@pytest.mark.parametrize(
    "text",
    [
        "It does not lower your weight.",
        "This is not weight loss.",
        "Non-steroidal tablets make bruising likelier.",
        "Cellulite is not an infection.",
        "It is minimally invasive.",
        "Liposuction removes fat for good.",
    ],
)
def test_an_honest_text_passes(text: str) -> None:
    assert forbidden(text) == []


def test_the_other_checks_can_fail() -> None:
    assert long_sentences("Short. " + "word " * 21) == ["word " * 21]
    assert long_sentences("word " * 19 + "word.\n\n" + "word " * 20) == []
    row = {"key": "a", "answer": "We inject minoxidil."}
    assert misplaced_medicines({"slug": "hair", "questions": [row]}) == ["hair.questions.a.answer"]
    assert misplaced_medicines({"slug": "hair", "questions": [{**row, "prescription_only": True}]}) == []
    assert FOOTNOTE.search("as shown [3]")
