"""The patient's link: signed, revocable, and of no meaning to anyone else.

A token is the appointment's reference and a MAC over it and the appointment's secret. A new secret revokes every
token given out before; nothing in a token can be guessed from another.
"""

from typing import Protocol

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "bookings.links"


def make_token(*, reference: str, secret: str) -> str:
    """The token of an appointment, safe in a URL: the reference, a dot, 40 hexadecimal digits."""
    return signed(reference, secret, settings.SECRET_KEY)


class Linked(Protocol):
    """What has a link: an appointment, or an entry of the waiting list."""

    reference: str
    link_secret: str


def token_of(found: Linked) -> str:
    """The token that opens it, for the addresses of its pages."""
    return make_token(reference=found.reference, secret=found.link_secret)


def signed(reference: str, secret: str, key: str) -> str:
    digest = salted_hmac(SALT, f"{reference}:{secret}", secret=key, algorithm="sha256").hexdigest()[:40]
    return f"{reference}.{digest}"


def reference_in(token: str) -> str:
    """The reference a token claims to be for; nothing is proved yet."""
    return token.partition(".")[0]


def is_valid(token: str, *, reference: str, secret: str) -> bool:
    """Whether the token was made for this reference with this secret, by the site's key or a former one."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(token, signed(reference, secret, key)) for key in keys)
