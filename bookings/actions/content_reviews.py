"""Reminding the clinic of pages whose review is due."""

from datetime import datetime, timedelta

from bookings.actions.outbox import write
from bookings.enums import MessageKind
from bookings.models import Message
from bookings.queries.content_reviews import reviews_due


def remind_of_reviews(*, now: datetime) -> Message | None:
    """One message a week to the clinic's address while pages are due, or will be within two weeks."""
    week = f"reviews, {now:%G-W%V}"
    if Message.objects.filter(event=week).exists() or not reviews_due(now=now):
        return None
    return write(kind=MessageKind.STAFF_REVIEW, event=week, due_at=now, now=now, not_after=now + timedelta(days=7))
