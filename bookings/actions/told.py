"""What staff do about messages that reached nobody: tell them by phone, or send them once more."""

from datetime import datetime

from django.db import transaction

from bookings.enums import MessageState
from bookings.exceptions import ChangedMeanwhile
from bookings.models import Message


@transaction.atomic
def told_by_phone(*, message: Message, now: datetime) -> None:
    """Note that somebody told it on the phone. Raises ChangedMeanwhile if there was nothing to tell any more."""
    rows = Message.objects.to_call(at=now).filter(pk=message.pk).values_list("pk", flat=True)
    if not Message.objects.filter(pk__in=list(rows.select_for_update(of=("self",)))).update(
        state=MessageState.TOLD, sent_at=now
    ):
        raise ChangedMeanwhile


@transaction.atomic
def try_again(*, message: Message, now: datetime) -> None:
    """Send what was given up once more, from now on. Raises ChangedMeanwhile if it may not be."""
    found = Message.objects.select_for_update(of=("self",)).filter(pk=message.pk).first()
    if found is None or not may_try_again(found, now=now):
        raise ChangedMeanwhile
    found.state, found.due_at, found.attempts, found.problem = MessageState.WAITING, now, 0, ""
    found.save(update_fields=["state", "due_at", "attempts", "problem"])


def may_try_again(message: Message, *, now: datetime) -> bool:
    """Whether it was given up, its time has not passed, and no other one about the same event is on its way."""
    if message.state != MessageState.FAILED or (message.not_after and message.not_after < now):
        return False
    return not Message.objects.live().filter(event=message.event).exists()
