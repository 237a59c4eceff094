"""A mail that a server took, and that came back later."""

from bookings.enums import MessageState
from bookings.models import Message


def take_bounce(*, message_id: str) -> bool:
    """Note that a sent mail reached nobody, so that staff call; returns whether it was one of ours.

    `message_id` is its Message-ID, with or without brackets and host.
    """
    key = message_id.strip(" <>").partition("@")[0]
    rows = Message.objects.filter(message_id=key, state=MessageState.SENT)
    return bool(rows.update(state=MessageState.FAILED, sent_at=None, problem="The mail came back."))
