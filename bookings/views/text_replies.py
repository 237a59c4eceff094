"""Where the gateway reports what people answered to text messages."""

import json

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from phonenumber_field.phonenumber import PhoneNumber, to_python

from bookings.actions.text_replies import take_reply


@csrf_exempt
@require_POST
def text_replies(request: HttpRequest, secret: str) -> HttpResponse:
    """Takes {"from": "+49…", "text": "STOP"} from whoever knows SMS_REPLY_SECRET, and answers 204."""
    if not settings.SMS_REPLY_SECRET or not constant_time_compare(secret, settings.SMS_REPLY_SECRET):
        raise Http404
    phone, text = read(request.body)
    take_reply(phone=phone, text=text, now=timezone.now())
    return HttpResponse(status=204)


def read(body: bytes) -> tuple[PhoneNumber, str]:
    """The number and the words. Raises BadRequest for anything else."""
    try:
        said = json.loads(body)
        number, text = said["from"], said["text"]
    except (ValueError, KeyError, TypeError):
        raise BadRequest("expected JSON with “from” and “text”") from None
    phone = to_python(number) if isinstance(number, str) else None
    if not phone or not phone.is_valid() or not isinstance(text, str):
        raise BadRequest("“from” is a number such as +491711234567, “text” a text")
    return phone, text
