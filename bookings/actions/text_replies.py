"""What someone answers to a text message: STOP ends them, START begins them again."""

from datetime import datetime

from django.db import transaction
from phonenumber_field.phonenumber import PhoneNumber

from bookings.actions.locks import lock_messages
from bookings.enums import Channel, MessageState
from bookings.models import Message, StoppedNumber

# The words that carriers tell people to use, in the languages of the site.
STOPS = frozenset({"STOP", "STOPP", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "توقف", "لغو", "ایست", "قف"})
STARTS = frozenset({"START", "UNSTOP", "شروع", "ابدأ"})


@transaction.atomic
def take_reply(*, phone: PhoneNumber, text: str, now: datetime) -> None:
    """Honour STOP and START, once; any other answer means nothing. What waits for a stopped number goes by mail."""
    word = text.strip(" .!").upper()
    if word in STOPS:
        StoppedNumber.objects.get_or_create(phone=phone, defaults={"stopped_at": now})
        waiting = Message.objects.filter(state=MessageState.WAITING, channel=Channel.SMS, patient__phone=phone)
        Message.objects.filter(pk__in=lock_messages(waiting)).update(channel=Channel.EMAIL)
    elif word in STARTS:
        StoppedNumber.objects.filter(phone=phone).delete()
