"""Answers about health, encrypted where they are stored: sealed with the first of the site's keys, opened with any.

A sealed text tells when it was made and about how long it is, and nothing else. A new key is put before the others;
`manage.py reseal` then leaves nothing behind that needs an old one.
"""

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotUnseal(Exception):
    """None of the site's keys opens the text: its key was taken away, or the text was altered."""


def keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.HEALTH_KEYS])


def seal(value: dict[str, Any]) -> str:
    """JSON-ready values as a text that only the site's keys open; never the same text twice."""
    return keys().encrypt(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()).decode()


def unseal(text: str) -> dict[str, Any]:
    """What was sealed. Raises CannotUnseal."""
    try:
        values: dict[str, Any] = json.loads(keys().decrypt(text.encode()))
    except InvalidToken:
        # Without its cause: what went wrong inside is nothing that a log should hold.
        raise CannotUnseal("no key in HEALTH_KEYS opens this text") from None
    return values


def reseal(text: str) -> str:
    """The same values sealed with the first key; the time it was made stays. Raises CannotUnseal."""
    try:
        return keys().rotate(text.encode()).decode()
    except InvalidToken:
        raise CannotUnseal("no key in HEALTH_KEYS opens this text") from None
