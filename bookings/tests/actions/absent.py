"""Someone is away tomorrow, or a place is closed."""

from typing import Any

from bookings.actions.absences import Decision, Verdict, take_time_off
from bookings.enums import State
from bookings.models import Appointment, Closure, Resource, TimeOff
from bookings.tests.diary import Diary
from bookings.tests.factories import ClosureFactory, TimeOffFactory
from clinic.models import Practitioner

KEEP, CANCEL = Decision(Verdict.KEEP), Decision(Verdict.CANCEL, reason="Dr. Person is ill.")


def hand_over(to: Practitioner | Resource) -> Decision:
    return Decision(Verdict.HAND_OVER, to=to)


def away(diary: Diary, who: Practitioner | Resource | None = None, *, hours: tuple[int, int] = (8, 18)) -> TimeOff:
    """Tomorrow, not saved."""
    owner: dict[str, Any] = {"practitioner": who or diary.practitioner}
    if isinstance(who, Resource):
        owner = {"practitioner": None, "resource": who}
    start, end = (diary.at(1, hour) for hour in hours)
    return TimeOffFactory.build(**owner, location=diary.location, starts_at=start, ends_at=end)


def closed(diary: Diary, **values: Any) -> Closure:
    """Tomorrow, not saved."""
    return ClosureFactory.build(**{"location": diary.location, "first_day": diary.at(1, 0).date(), **values})


def take(time_off: TimeOff, decisions: dict[Appointment, Decision], diary: Diary, **values: Any) -> None:
    by_key = {appointment.pk: decision for appointment, decision in decisions.items()}
    take_time_off(time_off=time_off, decisions=by_key, now=diary.now, **values)


def booked(diary: Diary, who: Practitioner | None = None, hour: int = 10, **values: Any) -> Appointment:
    visitor = values.pop("visitor", f"visitor at {hour}")
    return diary.request(diary.at(1, hour), practitioner=who or diary.practitioner, visitor=visitor, **values)


def in_state(appointment: Appointment, state: State) -> Appointment:
    Appointment.objects.filter(pk=appointment.pk).update(state=state)
    appointment.refresh_from_db()
    return appointment
