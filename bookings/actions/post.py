"""Sending one message: whether it still holds, to whom, in which words, and by which way."""

from datetime import datetime

from django.conf import settings
from django.utils import translation

from bookings.actions.deliver import Obsolete, Refused, Sent
from bookings.channels.email import as_html, send_email
from bookings.channels.sms import send_sms
from bookings.enums import Channel, MessageKind, MessageState
from bookings.models import Message, StoppedNumber
from bookings.queries.calendar_files import calendar_file
from bookings.queries.letters import Letter, letter_of
from bookings.queries.still import still_holds
from clinic.context_processors import name_of
from clinic.logs import without_tokens
from clinic.models import Clinic

RELATED = (
    "appointment__patient",
    "appointment__type",
    "appointment__treatment",
    "appointment__practitioner",
    "appointment__location",
    "appointment__course__consultation",
    "entry__location",
    "offer__entry__location",
    "offer__entry__type",
    "offer__practitioner",
    "patient",
    "practitioner__user",
)
# What changes the patient's calendar; a request refused takes back what it had entered there.
WITH_CALENDAR = {
    MessageKind.REQUESTED,
    MessageKind.CONFIRMED,
    MessageKind.MOVED,
    MessageKind.CANCELLED,
    MessageKind.DECLINED,
    MessageKind.LAPSED,
}

# What a message is nothing without.
CORE: dict[str, str] = {
    MessageKind.LINKS: "links",
    MessageKind.STAFF_REVIEW: "pages",
    MessageKind.PREPARATION: "advice",
    MessageKind.AFTERCARE: "advice",
}


def post(message: Message, now: datetime) -> Sent:
    """Send a message as things stand at `now`. Raises Obsolete if it no longer holds, Refused if nobody can get it.

    Whatever else a channel raises may be better later.
    """
    found = leased(message)
    if not still_holds(found, now=now):
        raise Obsolete("It no longer held.")
    clinic = Clinic.objects.current()
    by_sms = found.channel == Channel.SMS and can_text(found)
    to = number_of(found) if by_sms else address_of(found, clinic)
    letter = letter_of(found, clinic, now=now)
    if (gap := CORE.get(found.kind)) and not letter.values[gap]:
        raise Obsolete("There was nothing to say.")
    if by_sms:
        send_sms(to=to, text=letter.sms, message_id=found.message_id)
        return Sent(to, "", without_tokens(letter.sms))
    mail(found, clinic, letter, to=to, now=now)
    # Staff may read afterwards what was said; the keys in it are the recipient's alone.
    return Sent(to, without_tokens(letter.subject), without_tokens(letter.body))


def leased(message: Message) -> Message:
    """The row as it is now. Raises Obsolete if it was taken back or planned anew since it was leased."""
    rows = Message.objects.filter(pk=message.pk, lease=message.lease, state=MessageState.LEASED)
    if found := rows.select_related(*RELATED).first():
        return found
    raise Obsolete("It was taken back.")


def can_text(message: Message) -> bool:
    """Whether text messages may still go to this patient: they may have answered STOP since it was written."""
    if not settings.SMS_URL or message.patient is None:
        return False
    return not StoppedNumber.objects.filter(phone=message.patient.phone).exists()


def number_of(message: Message) -> str:
    """The patient's number. Raises Refused."""
    if message.patient is None or message.patient.erased_at or not message.patient.phone:
        raise Refused("There is no number to write to.")
    return str(message.patient.phone.as_e164)


def address_of(message: Message, clinic: Clinic) -> str:
    """The patient's address, the practitioner's, or that of the desk. Raises Refused."""
    if message.patient:
        found = "" if message.patient.erased_at else message.patient.email
    elif message.practitioner:
        found = message.practitioner.user.email if message.practitioner.user else ""
    else:
        found = desk_of(message, clinic)
    if not found:
        raise Refused("There is no address to write to.")
    return found


def desk_of(message: Message, clinic: Clinic) -> str:
    """The clinic's own address, that of the location first; empty where it has none."""
    here = message.appointment.location.email if message.appointment else ""
    return here or clinic.email


def mail(message: Message, clinic: Clinic, letter: Letter, *, to: str, now: datetime) -> None:
    with translation.override(letter.language):
        sender = name_of(clinic)
    calendar, method = None, ""
    if message.appointment and message.kind in WITH_CALENDAR:
        calendar, method = calendar_file(message.appointment, now=now)
    send_email(
        to=to,
        subject=letter.subject,
        text=letter.body,
        html=as_html(letter.body, subject=letter.subject, sender=sender, language=letter.language),
        message_id=message.message_id,
        reply_to=desk_of(message, clinic),
        calendar=calendar,
        method=method,
    )
