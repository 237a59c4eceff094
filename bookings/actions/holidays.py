"""Public holidays become closures of a location."""

from collections.abc import Collection
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from bookings.actions.absences import close
from bookings.exceptions import BookingError
from bookings.models import Closure
from bookings.queries.holidays import coming_holidays
from clinic.models import Location


@transaction.atomic
def add_holidays(
    *, location: Location, days: Collection[date], language: str, now: datetime, by: User | None = None
) -> tuple[list[Closure], list[Closure]]:
    """Close a location on those public holidays of the coming twelve months that are in `days`, each once.

    Returns the closures made, and those not made because staff must first decide about an appointment on that day.
    """
    made, left = [], []
    for holiday in coming_holidays(location, now=now, language=language):
        if holiday.day in days and not holiday.is_closed:
            try:
                close(closure=holiday.closure, decisions={}, now=now, by=by)
            except BookingError:
                left.append(holiday.closure)
            else:
                made.append(holiday.closure)
    return made, left
