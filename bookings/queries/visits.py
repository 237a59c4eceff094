"""What care needs to know: an appointment as a visit, the clinic's wishes, and the advice that goes with it."""

from collections.abc import Iterable
from datetime import date, datetime

from bookings import care
from bookings.care.due import TAKES_PLACE
from bookings.enums import Kind, MessageKind, State
from bookings.models import Appointment, Patient, Transition
from bookings.queries.consents import has_data_consent
from bookings.queries.courses import progress
from bookings.queries.privacy import WITH_DATA, has_withdrawn
from clinic.models import Clinic
from treatments.models import Edition
from treatments.page import Page
from treatments.reading import Reading


def rules_of(clinic: Clinic) -> care.Rules:
    """When the clinic wishes to write to its patients."""
    return care.Rules(
        reminders=tuple(care.Lead.read(lead) for lead in clinic.reminders.split()),
        quiet=quiet_of(clinic),
        check_in_hours=clinic.check_in_hours,
        next_session_days=clinic.next_session_days,
    )


def quiet_of(clinic: Clinic) -> care.QuietHours:
    return care.QuietHours(clinic.quiet_from, clinic.quiet_until)


def visit_of(appointment: Appointment) -> care.Visit:
    """The visit of somebody's appointment; one query."""
    return care.Visit(
        state=State(appointment.state),
        start=appointment.starts_at,
        end=appointment.ends_at,
        since=certain_since(appointment, appointment.transitions.order_by("pk")),
        zone=appointment.location.zone,
        true_end=appointment.over_at,
    )


def certain_since(appointment: Appointment, steps: Iterable[Transition]) -> datetime:
    """When its time became certain: the last time it was confirmed or moved; until then, when it was asked for."""
    found = appointment.requested_at or appointment.starts_at
    for step in steps:
        confirmed = step.to_state in TAKES_PLACE and step.from_state not in TAKES_PLACE
        if step.moved_to or confirmed:
            found = step.at
    return found


def is_treated(appointment: Appointment) -> bool:
    """Whether something is done to the skin: a consultation asks for no preparation, and leaves nothing to heal."""
    return bool(appointment.type.kind == Kind.SESSION)


def reading_of(appointment: Appointment, clinic: Clinic, *, language: str, at: datetime) -> Reading | None:
    """The signed page of its treatment in force at `at`, in `language` or, labelled, the clinic's default one.

    Prescription-only rows are in it: whoever has an appointment is no longer the public.
    """
    for code in dict.fromkeys([language, clinic.default_language]):
        editions = Edition.objects.in_force(language=code, at=at, demo=clinic.is_demo, prescription_only=True)
        if edition := editions.filter(treatment=appointment.treatment_id).first():
            return Reading(edition, code, code != language, prescription_only=True, before_after=False)
    return None


def page_of(appointment: Appointment, clinic: Clinic, *, language: str, at: datetime) -> Page | None:
    """The same page, as its rows; None if none is signed."""
    reading = reading_of(appointment, clinic, language=language, at=at)
    return reading.page if reading else None


def due_messages(appointment: Appointment, visit: care.Visit, clinic: Clinic, *, now: datetime) -> list[care.Due]:
    """Every message about its visit that an appointment calls for as it stands now."""
    if visit.state not in TAKES_PLACE:
        return []
    page = None
    if is_treated(appointment):
        page = page_of(appointment, clinic, language=clinic.default_language, at=now)
    found = care.due(
        visit,
        preparation=page["preparation"] if page else (),
        aftercare=page["aftercare"] if page else (),
        rules=rules_of(clinic),
        next_session=next_session(appointment, now=now),
    )
    unasked = not_asked(appointment.patient)
    return [one for one in found if one.kind not in unasked]


def not_asked(patient: Patient | None) -> tuple[MessageKind, ...]:
    """What a patient is not asked: how they are, without their consent; after they withdrew it, nothing."""
    if has_data_consent(patient):
        return ()
    return WITH_DATA if patient and has_withdrawn(patient) else (MessageKind.CHECK_IN,)


def next_session(appointment: Appointment, *, now: datetime) -> tuple[date, date | None] | None:
    """The first and the last day (None: open) of the course's session after this one, while it is not booked."""
    course, number = appointment.course, appointment.session_number
    if course is None or number is None or appointment.state != State.COMPLETED:
        return None
    if number + 1 not in progress(course, now=now).missing:
        return None
    return course.gap.window(appointment.local_start.date())
