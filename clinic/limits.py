"""How often someone may do something: kept in the cache, which several processes must share.

Each of the `limit` turns is an entry of its own that lives for the window: `add` is the one step that every cache does
at once for all processes, while `incr` counts wrongly in a database cache and makes its entries live for five minutes.
The entries run by the cache's clock. Their keys are hashed with the secret key: nobody reads an address out of them.
"""

import ipaddress
import logging
import math
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)
# An IPv6 customer has at least this network, and 2⁶⁴ addresses in it.
NETWORK = 64


def allowed(scope: str, who: str, *, limit: int, seconds: int) -> bool:
    """Takes one of the turns that `who` has in `scope`, `limit` within any `seconds`; False if none is left."""
    return seconds_to_wait(scope, who, limit=limit, seconds=seconds) == 0


def seconds_to_wait(scope: str, who: str, *, limit: int, seconds: int) -> int:
    """Like `allowed`: 0 if a turn was taken, else the whole seconds until one is free."""
    digest = salted_hmac("clinic.limits", f"{scope}\n{who}", algorithm="sha256").hexdigest()
    turns = [f"limit-{digest}-{number}" for number in range(limit)]
    now = time.time()
    try:
        taken = cache.get_many(turns)
        if any(cache.add(turn, now + seconds, seconds) for turn in turns if turn not in taken):
            return 0
    except Exception:
        # Every cache has exceptions of its own. Without it the clinic is open to floods, but still open to patients.
        logger.exception("nothing is limited: the cache does not answer")
        return 0
    free_at = min(taken.values(), default=now + seconds)
    return max(1, math.ceil(free_at - now))


def address_of(request: HttpRequest) -> str:
    """Whose connection it is: the IPv4 address, or the IPv6 network, as the server or the proxy before it saw it."""
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # The proxy writes its own sight last; whatever stands before it came from outside.
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or seen
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return seen
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, NETWORK), strict=False))
