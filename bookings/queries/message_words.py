"""The words of each kind of message: those that staff wrote, else those that come with the program."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bookings.gaps import gaps_of
from bookings.models import MessageText
from bookings.words import unknown_gaps

FILE = Path(__file__).parent.parent / "content" / "messages.toml"


class Words(NamedTuple):
    """Subject and text of a mail, and the text message, with their gaps."""

    subject: str
    body: str
    sms: str


@cache
def all_defaults() -> dict[str, dict[str, Words]]:
    """The program's words by kind and language."""
    with FILE.open("rb") as file:
        found = tomllib.load(file)
    return {
        kind: {code: Words(one["subject"], one["body"].strip(), one["sms"]) for code, one in languages.items()}
        for kind, languages in found.items()
    }


def default_words(kind: str, language: str) -> Words | None:
    """The program's words in exactly this language."""
    return all_defaults()[kind].get(language)


def words_of(kind: str, language: str) -> Words | None:
    """The words in exactly this language; None where there are none. Staff's own count while all their gaps exist."""
    text = MessageText.objects.filter(kind=kind, language=language).first()
    own = Words(text.subject, text.body, text.sms) if text else None
    known = gaps_of(kind)
    if own and not any(unknown_gaps(part, known) for part in own):
        return own
    return default_words(kind, language)
