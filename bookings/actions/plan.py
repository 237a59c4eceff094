"""Planning a course of sessions after a consultation, and changing the plan while nothing of it is booked."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from bookings.actions.claims import delete_holds
from bookings.enums import Kind, State
from bookings.exceptions import ChangedMeanwhile, TransitionNotAllowed
from bookings.models import Appointment, AppointmentType, Course
from treatments.models import Treatment


@transaction.atomic
def plan_course(
    *,
    consultation: Appointment,
    treatment: Treatment,
    type: AppointmentType,
    phase: str,
    sessions: int,
    gap_from: int,
    gap_to: int | None,
    gap_unit: str,
    by: User | None,
    now: datetime,
) -> Course:
    """The course that clinician and patient agreed on at a completed consultation; the patient books it by its link.

    `sessions` is 1 to 20, the gaps count units from one session's day to the next. The same plan twice is one. Raises
    TransitionNotAllowed if the appointment is no consultation, or not completed.
    """
    found = Appointment.objects.select_for_update(of=("self",), no_key=True).select_related("type")
    kept = found.get(pk=consultation.pk)
    if kept.type.kind != Kind.CONSULTATION or kept.state != State.COMPLETED:
        raise TransitionNotAllowed(kept.state, "planned")
    course, _made = Course.objects.get_or_create(
        consultation=kept,
        treatment=treatment,
        type=type,
        phase=phase,
        sessions=sessions,
        gap_from=gap_from,
        gap_to=gap_to,
        gap_unit=gap_unit,
        defaults={"created_at": now, "created_by": by},
    )
    return course


@transaction.atomic
def change_course(
    *,
    course: Course,
    treatment: Treatment,
    type: AppointmentType,
    phase: str,
    sessions: int,
    gap_from: int,
    gap_to: int | None,
    gap_unit: str,
    now: datetime,
) -> None:
    """Plan a course anew. Raises ChangedMeanwhile once anyone has booked, or is booking, a session of it."""
    found = unbooked_course(course, now=now)
    found.treatment, found.type, found.phase, found.sessions = treatment, type, phase, sessions
    found.gap_from, found.gap_to, found.gap_unit = gap_from, gap_to, gap_unit
    found.save()


@transaction.atomic
def remove_course(*, course: Course, now: datetime) -> None:
    """Forget a course. Raises ChangedMeanwhile once anyone has booked, or is booking, a session of it."""
    unbooked_course(course, now=now).delete()


def unbooked_course(course: Course, *, now: datetime) -> Course:
    """The course, locked, with no appointment of any state. Holds that ran out are no appointments."""
    # Holds first: who books a session locks in that order too.
    delete_holds(Appointment.objects.expired_holds(at=now).filter(course=course))
    found = Course.objects.select_for_update(of=("self",)).filter(pk=course.pk).first()
    if found is None or found.appointments.exists():
        raise ChangedMeanwhile
    return found
