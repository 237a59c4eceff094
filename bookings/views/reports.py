"""Where gateways and mail services report: answers to text messages, and mails that came back."""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from phonenumber_field.phonenumber import to_python

from bookings.actions.bounces import take_bounce
from bookings.actions.text_replies import take_reply


@csrf_exempt
@require_POST
def reports(request: HttpRequest, secret: str) -> HttpResponse:
    """From whoever knows REPORTS_SECRET: {"from": "+49…", "text": "STOP"} or {"bounced": "<Message-ID>"}; 204."""
    if not settings.REPORTS_SECRET or not constant_time_compare(secret, settings.REPORTS_SECRET):
        raise Http404
    match read(request.body):
        case {"bounced": str(message_id)}:
            take_bounce(message_id=message_id.replace("\x00", ""))
        case {"from": str(number), "text": str(text)} if (phone := to_python(number)) and phone.is_valid():
            take_reply(phone=phone, text=text, now=timezone.now())
        case _:
            raise BadRequest("expected “from” (such as +491711234567) with “text”, or “bounced” with a Message-ID")
    return HttpResponse(status=204)


def read(body: bytes) -> Any:
    """The JSON of a report. Raises BadRequest."""
    try:
        return json.loads(body)
    except ValueError:
        raise BadRequest("expected JSON") from None
