"""The patient's link: signed, revocable, and of no meaning to anyone else.

A token is the appointment's reference and a MAC over it and the appointment's secret. A new secret revokes every
token given out before; nothing in a token can be guessed from another.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "bookings.links"


def make_token(*, reference: str, secret: str) -> str:
    """The token of an appointment, safe in a URL: the reference, a dot, 40 hexadecimal digits."""
    digest = salted_hmac(SALT, f"{reference}:{secret}", algorithm="sha256").hexdigest()[:40]
    return f"{reference}.{digest}"


def reference_in(token: str) -> str:
    """The reference a token claims to be for; nothing is proved yet."""
    return token.partition(".")[0]


def is_valid(token: str, *, reference: str, secret: str) -> bool:
    """Whether the token was made for this reference with this secret."""
    return constant_time_compare(token, make_token(reference=reference, secret=secret))
