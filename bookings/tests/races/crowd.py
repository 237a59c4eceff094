"""A crowd for few times: `python -m bookings.tests.races.crowd prepare PATIENTS TIMES`, and `… crowd left` afterwards.

Prints as JSON where the times are chosen and the patients' sessions, or what the diary holds in the end.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402  (only now are the apps ready)

from bookings.models import Appointment, Claim, WorkingHours  # noqa: E402
from bookings.tests.browser import TYPED  # noqa: E402
from bookings.tests.diary import Diary  # noqa: E402
from bookings.tests.prepared import prepared_session  # noqa: E402
from bookings.tests.races.posts import morning, times_path  # noqa: E402
from bookings.views.visitor import DETAILS  # noqa: E402

MINUTES = 10


def prepare(patients: int, times: int) -> dict[str, object]:
    """One practitioner with so many times on one day, and sessions in which all but the time is answered."""
    diary = Diary(now=timezone.now(), step=MINUTES, minutes=MINUTES, furthest_days=7)
    start = morning(diary).replace(hour=9)
    WorkingHours.objects.exclude(weekday=start.weekday()).delete()
    WorkingHours.objects.update(ends=(start + timedelta(minutes=times * MINUTES)).time())
    sessions = [prepared_session(diary, **{DETAILS: details(nth)}).session_key for nth in range(patients)]
    return {"path": times_path(diary), "sessions": sessions}


def details(nth: int) -> dict[str, str]:
    return {**TYPED, "email": f"patient{nth}@example.com", "phone": f"0151 1234{nth:04}"}


def left() -> dict[str, object]:
    return {
        "requests": list(Appointment.objects.values("state", "reference", "starts_at", "ends_at")),
        "claims": list(Claim.objects.values("starts_at", "ends_at")),
    }


if __name__ == "__main__":
    found = prepare(int(sys.argv[2]), int(sys.argv[3])) if sys.argv[1] == "prepare" else left()
    print(json.dumps(found, default=str))
