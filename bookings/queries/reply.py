"""By when a request is to be answered."""

from datetime import datetime, timedelta

from bookings.models import Appointment, Closure
from clinic.models import Clinic

DAY = timedelta(days=1)
# Beyond this many days closed in a row, nobody counts on.
LONGEST = 60


def reply_due(appointment: Appointment, clinic: Clinic) -> datetime:
    """The end of the working days that the clinic promises, at the hour of the request; UTC.

    Weekends and whole days on which the location is closed are no working days.
    """
    location, asked_at = appointment.location, appointment.requested_at or appointment.starts_at
    local = asked_at.astimezone(location.zone)
    first, last = local.date(), local.date() + LONGEST * DAY
    closures = Closure.objects.filter(location=location, starts=None, first_day__lte=last, last_day__gte=first)
    closed = list(closures.values_list("first_day", "last_day"))
    left = clinic.reply_working_days
    while left > 0 and local.date() < last:
        local += DAY
        day = local.date()
        if day.weekday() not in location.weekend and not any(start <= day <= end for start, end in closed):
            left -= 1
    return local.astimezone(asked_at.tzinfo)
