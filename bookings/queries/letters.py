"""A message written out: its words with every gap filled, whole in one language."""

from datetime import datetime
from typing import NamedTuple

from django.utils import translation

from bookings.gaps import gaps_of
from bookings.models import Message
from bookings.queries.about import About
from bookings.queries.message_words import Words, words_of
from bookings.queries.values import values_of
from bookings.words import fill, one_line
from clinic.models import Clinic
from treatments.models import Edition

# What the outbox can keep.
SUBJECT_LENGTH = 200
OF_THE_PAGE = {"advice", "call_clinic", "call_emergency"}


class Letter(NamedTuple):
    """What goes out: subject and text of a mail, the line of a text message; the language, and what filled the gaps."""

    language: str
    subject: str
    body: str
    sms: str
    values: dict[str, str]


def letter_of(message: Message, clinic: Clinic, *, now: datetime, words: Words | None = None) -> Letter:
    """The message as it would go out at `now`, with other `words` if given. Raises LookupError without any words."""
    language = message.language
    if words is None:
        language, words = language_and_words(message, clinic, now=now)
    with translation.override(language):
        return filled(words, values_of(About(message, clinic, now)), language)


def filled(words: Words, values: dict[str, str], language: str) -> Letter:
    """Words with their gaps filled. KeyError for an unknown gap."""
    subject, sms = one_line(fill(words.subject, values)), one_line(fill(words.sms, values))
    return Letter(language, subject[:SUBJECT_LENGTH], fill(words.body, values), sms, values)


def language_and_words(message: Message, clinic: Clinic, *, now: datetime) -> tuple[str, Words]:
    """The message's language if all of it can be in it, else the clinic's, else the program's. Raises LookupError."""
    # All come with the program in English. Of the last one, the page may be in another language: it is not kept back.
    codes = list(dict.fromkeys([message.language, clinic.default_language, "en"]))
    for code in codes:
        words = words_of(message.kind, code)
        if words and (code == codes[-1] or is_page_signed(message, clinic, language=code, at=now)):
            return code, words
    raise LookupError(f"no words for {message.kind}")


def is_page_signed(message: Message, clinic: Clinic, *, language: str, at: datetime) -> bool:
    """Whether what a message quotes of the treatment's page is signed in this language."""
    if not OF_THE_PAGE.intersection(gaps_of(message.kind)) or message.appointment is None:
        return True
    in_force = Edition.objects.in_force(language=language, at=at, demo=clinic.is_demo, prescription_only=True)
    return in_force.filter(treatment=message.appointment.treatment_id).exists()
