"""Text messages, by any gateway that takes a small JSON document over HTTPS."""

import json
import urllib.error
import urllib.request
from http import HTTPStatus

from django.conf import settings

from bookings.actions.deliver import Refused

PATIENCE = 20  # seconds
# The gateway understood and will never take this number or text.
FOR_GOOD = {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.UNPROCESSABLE_ENTITY}


def send_sms(*, to: str, text: str, message_id: str) -> None:
    """POST {"to", "text", "id"} to SMS_URL with the token as a bearer; a gateway takes one `id` once.

    Raises Refused where the gateway will never take it, OSError where it may later.
    """
    body = json.dumps({"to": to, "text": text, "id": message_id}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"}
    request = urllib.request.Request(settings.SMS_URL, data=body, headers=headers)  # noqa: S310  (from the settings)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310
            return
    except urllib.error.HTTPError as error:
        if error.code in FOR_GOOD:
            raise Refused("The gateway does not take this number.") from None
        raise
