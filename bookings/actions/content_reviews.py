"""Reminding the clinic of pages whose review is due."""

from datetime import datetime, timedelta

from bookings.actions.outbox import write
from bookings.enums import MessageKind
from bookings.models import Message
from bookings.queries.content_reviews import reviews_due
from bookings.queries.visits import quiet_of
from clinic.models import Clinic, Location


def remind_of_reviews(*, now: datetime) -> Message | None:
    """One message a week to the clinic's address while pages are due, or will be within two weeks."""
    week = f"reviews, {now:%G-W%V}"
    if Message.objects.filter(event=week).exists() or not reviews_due(now=now):
        return None
    place = Location.objects.first()
    at = quiet_of(Clinic.objects.current()).after(now, place.zone) if place else now
    return write(kind=MessageKind.STAFF_REVIEW, event=week, due_at=at, now=now, not_after=at + timedelta(days=7))
